import type { HttpPort } from '../engine/ports.ts';
import type { Outlets } from './outlets.ts';
import { postMessage } from './webhook.ts';

/**
 * Opens the ways out of the installation.
 * @param options `http`: the guarded client; `url`: the installation's address, without a slash at the end
 */
export async function openOutlets(options: {
  http: HttpPort;
  url: string;
  mail: { smtpUrl: string; from: string } | undefined;
}): Promise<Outlets> {
  const { http, url } = options;
  // The library takes memory: it is loaded by who has a mail server.
  const mail = options.mail && (await import('./mail.ts')).openMail({ ...options.mail, url });
  return {
    mail: mail?.send,
    webhook: (target, message, id) => postMessage(http, url, target, message, id),
    async close() {
      mail?.close();
    },
  };
}
