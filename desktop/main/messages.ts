import { IntlMessageFormat } from 'intl-messageformat';

/** Everything the desktop program itself shows; the client has its own catalogues. ICU messages. */
const english = {
  'tray.idle': 'Rondo',
  'tray.inbox': '{count, plural, one {Rondo: # review waits for you} other {Rondo: # reviews wait for you}}',
  'menu.open': 'Open Rondo',
  'menu.inbox': '{count, plural, =0 {Inbox} other {Inbox (#)}}',
  'menu.server': 'Server address …',
  'menu.quit': 'Quit Rondo',
  'menu.view': 'View',
  'menu.edit': 'Edit',
  'menu.window': 'Window',
  'server.title': 'Server address',
  'server.lead': 'Rondo works with a server: your own on this machine, or your team’s.',
  'server.label': 'Address',
  'server.save': 'Use this server',
  'server.local': 'The local server is at {address}; “npm start” starts it.',
  'server.fixed': 'The address is set by RONDO_URL, and cannot be changed here.',
  'server.empty': 'Type the address of your server, such as https://rondo.example.com.',
  'server.notAnAddress': '“{typed}” is not an address. It looks like https://rondo.example.com.',
  'server.scheme': 'The address must begin with https:// or http://.',
  'server.password': 'Leave name and password out of the address; Rondo asks for them when you sign in.',
  'server.unreachable': 'No Rondo server answers at {address}. Check the address, and that the server runs.',
} as const;

export type MessageKey = keyof typeof english;

const formats = new Map<MessageKey, IntlMessageFormat>();

/** The text of a message with its values filled in. */
export function message(key: MessageKey, values: Record<string, string | number> = {}): string {
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(english[key], 'en');
    formats.set(key, format);
  }
  return String(format.format(values));
}
