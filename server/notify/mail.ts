import { inLanguage, type Language } from '@rondo/shared/words/inLanguage.ts';
import { said } from '@rondo/shared/words/said.ts';
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
    async send({ email, language }, message, id) {
      try {
        const sent = transport.sendMail({
          from,
          to: email,
          subject: inLanguage(language, message.said, message.title),
          // The same when it is tried again: whoever has it already can tell.
          messageId: `<${id}@${host}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'Content-Language': language,
          },
          text: textOf(message, url, language),
          html: htmlOf(message, url, language),
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
    timer = setTimeout(() => reject(new NotTaken(said('sending.late'))), longestMs);
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
  if (code === 'EAUTH') return new NotTaken(said('sending.auth'));
  if (answer !== undefined && answer !== 'undefined')
    return new NotTaken(said('sending.mailRefused', { answer }), status !== undefined && status >= 500);
  return new NotTaken(said('sending.mailUnreached', { code: typeof code === 'string' ? code : '?' }));
}

function settingsLink(url: string): string {
  return `${url}/notifications/settings`;
}

interface Spoken {
  title: string;
  newest: { words: string; link: string }[];
  rest: string;
  settings: string;
}

function spokenIn(language: Language, message: Message, url: string): Spoken {
  return {
    title: inLanguage(language, message.said, message.title),
    newest: message.newest.map((told) => ({
      words: inLanguage(language, told.said, told.words),
      link: linkOf(url, told, message.kind),
    })),
    rest: inLanguage(language, restOf(message), ''),
    settings: inLanguage(language, said('told.settings'), ''),
  };
}

function textOf(message: Message, url: string, language: Language): string {
  const { title, newest, rest, settings } = spokenIn(language, message, url);
  const lines = newest.map(({ words, link }) => `- ${words}\n  ${link}`);
  return [`${title}.`, '', ...lines, ...(rest ? ['', rest] : []), '', `${settings}: ${settingsLink(url)}`, ''].join(
    '\n',
  );
}

function htmlOf(message: Message, url: string, language: Language): string {
  const { title, newest, rest, settings } = spokenIn(language, message, url);
  const items = newest.map(({ words, link }) => `<li><a href="${escaped(link)}">${escaped(words)}</a></li>`);
  return `<div lang="${language}"><p><strong>${escaped(title)}.</strong></p><ul>${items.join('')}</ul>${rest ? `<p>${rest}</p>` : ''}
<p><a href="${escaped(settingsLink(url))}">${escaped(settings)}</a></p></div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
