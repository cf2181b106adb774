import nodemailer from 'nodemailer';
import { NotTaken, type Outlets } from './outlets.ts';
import { linkOf, type Message, restOf } from './words.ts';

/** Shorter than the time for which a sending is taken (`sending.ts`). */
const longestMs = 90_000;

export interface MailOptions {
  /** smtp:// or smtps://, with name and password where the server wants them */
  smtpUrl: string;
  /** `Rondo <rondo@example.com>` */
  from: string;
  /** the installation's address, without a slash at the end */
  url: string;
}

/** Opens the way out by e-mail. Nothing is connected until the first message. */
export function openMail({ smtpUrl, from, url }: MailOptions): { send: Outlets['mail']; close(): void } {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // What is sent is made here: nothing is read from files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = new URL(url).hostname;
  return {
    async send(to, message, id) {
      try {
        const sent = transport.sendMail({
          from,
          to,
          subject: message.title,
          // The same when it is tried again: whoever has it already can tell.
          messageId: `<${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          text: textOf(message, url),
          html: htmlOf(message, url),
        });
        await inTime(sent);
      } catch (error) {
        throw notTaken(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A mail server that answers each command late enough would hold a message for ever. */
async function inTime(sent: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotTaken('The mail server did not answer in time.')), longestMs);
  });
  try {
    await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
  }
}

function notTaken(error: unknown): NotTaken {
  if (error instanceof NotTaken) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined;
  const answer = error instanceof Error && 'response' in error ? String(error.response).slice(0, 200) : undefined;
  if (code === 'EAUTH') return new NotTaken('The mail server does not take the name and password of RONDO_SMTP_URL.');
  if (answer !== undefined && answer !== 'undefined')
    return new NotTaken(`The mail server refused the message: ${answer}`, status !== undefined && status >= 500);
  return new NotTaken(`The mail server cannot be reached (${typeof code === 'string' ? code : 'no answer'}).`);
}

function settingsLink(url: string): string {
  return `${url}/notifications/settings`;
}

function textOf(message: Message, url: string): string {
  const lines = message.newest.map((told) => `- ${told.words}\n  ${linkOf(url, told, message.kind)}`);
  const rest = restOf(message);
  return [
    `${message.title}.`,
    '',
    ...lines,
    ...(rest ? ['', rest] : []),
    '',
    `What you are told of: ${settingsLink(url)}`,
    '',
  ].join('\n');
}

function htmlOf(message: Message, url: string): string {
  const items = message.newest.map(
    (told) => `<li><a href="${escaped(linkOf(url, told, message.kind))}">${escaped(told.words)}</a></li>`,
  );
  const rest = restOf(message);
  return `<p><strong>${escaped(message.title)}.</strong></p><ul>${items.join('')}</ul>${rest ? `<p>${rest}</p>` : ''}
<p><a href="${escaped(settingsLink(url))}">What you are told of</a></p>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
