import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './language.ts';

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
  'menu.undo': 'Undo',
  'menu.redo': 'Redo',
  'menu.cut': 'Cut',
  'menu.copy': 'Copy',
  'menu.paste': 'Paste',
  'menu.selectAll': 'Select all',
  'menu.reload': 'Reload',
  'menu.resetZoom': 'Actual size',
  'menu.zoomIn': 'Zoom in',
  'menu.zoomOut': 'Zoom out',
  'menu.fullScreen': 'Full screen',
  'menu.minimize': 'Minimise',
  'menu.close': 'Close',
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
  'server.again': 'It is tried again by itself.',
} as const;

export type MessageKey = keyof typeof english;

const german: Record<MessageKey, string> = {
  'tray.idle': 'Rondo',
  'tray.inbox': '{count, plural, one {Rondo: # Prüfung wartet auf Sie} other {Rondo: # Prüfungen warten auf Sie}}',
  'menu.open': 'Rondo öffnen',
  'menu.inbox': '{count, plural, =0 {Posteingang} other {Posteingang (#)}}',
  'menu.server': 'Serveradresse …',
  'menu.quit': 'Rondo beenden',
  'menu.view': 'Ansicht',
  'menu.edit': 'Bearbeiten',
  'menu.window': 'Fenster',
  'menu.undo': 'Rückgängig',
  'menu.redo': 'Wiederholen',
  'menu.cut': 'Ausschneiden',
  'menu.copy': 'Kopieren',
  'menu.paste': 'Einfügen',
  'menu.selectAll': 'Alles auswählen',
  'menu.reload': 'Neu laden',
  'menu.resetZoom': 'Originalgröße',
  'menu.zoomIn': 'Vergrößern',
  'menu.zoomOut': 'Verkleinern',
  'menu.fullScreen': 'Vollbild',
  'menu.minimize': 'Minimieren',
  'menu.close': 'Schließen',
  'server.title': 'Serveradresse',
  'server.lead': 'Rondo arbeitet mit einem Server: Ihrem eigenen auf diesem Rechner oder dem Ihres Teams.',
  'server.label': 'Adresse',
  'server.save': 'Diesen Server verwenden',
  'server.local': 'Der lokale Server hat die Adresse {address}; „npm start“ startet ihn.',
  'server.fixed': 'Die Adresse ist durch RONDO_URL festgelegt und kann hier nicht geändert werden.',
  'server.empty': 'Geben Sie die Adresse Ihres Servers ein, etwa https://rondo.example.com.',
  'server.notAnAddress': '„{typed}“ ist keine Adresse. Sie sieht so aus: https://rondo.example.com.',
  'server.scheme': 'Die Adresse muss mit https:// oder http:// beginnen.',
  'server.password': 'Lassen Sie Name und Passwort in der Adresse weg; Rondo fragt bei der Anmeldung danach.',
  'server.unreachable': 'Unter {address} antwortet kein Rondo-Server. Prüfen Sie die Adresse, und ob der Server läuft.',
  'server.again': 'Es wird von selbst wieder versucht.',
};

const catalogues: Record<Language, Record<MessageKey, string>> = { en: english, de: german };
const formats = new Map<string, IntlMessageFormat>();
let language: Language = 'en';

/** Chooses the language of all texts from here on; what is shown already is drawn again by whoever shows it. */
export function speak(chosen: Language): void {
  language = chosen;
}

/** The language of the texts. */
export function spoken(): Language {
  return language;
}

/** The text of a message with its values filled in. */
export function message(key: MessageKey, values: Record<string, string | number> = {}): string {
  const id = `${language} ${key}`;
  let format = formats.get(id);
  if (format === undefined) {
    format = new IntlMessageFormat(catalogues[language][key], language);
    formats.set(id, format);
  }
  return String(format.format(values));
}
