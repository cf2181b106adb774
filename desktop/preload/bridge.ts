/**
 * The whole list of what the page may ask of the desktop program: nothing outside it crosses from one to the other.
 * The preload script exposes it as `window.rondo`; the main process answers the channels.
 */
export const channels = {
  /** page → main, answered at once: the server's address */
  server: 'rondo:server',
  /** page → main: how many reviews wait */
  inboxCount: 'rondo:inbox-count',
  /** page → main: show a notification */
  notify: 'rondo:notify',
  /** page → main: open the window that asks for the server's address */
  chooseServer: 'rondo:choose-server',
  /** page → main: the language that the person chose */
  language: 'rondo:language',
  /** main → page: go to a path of the client */
  navigate: 'rondo:navigate',
} as const;

export interface Notice {
  title: string;
  body: string;
  /** The path of the client that a click opens, such as `/inbox/…`. */
  href: string;
}

export interface RondoBridge {
  /** The address of the server that this program talks to, without a path. */
  readonly server: string;
  readonly platform: 'desktop';
  setInboxCount(count: number): void;
  notify(notice: Notice): void;
  /** Hears about links and clicked notifications. Returns how to stop hearing. */
  onNavigate(callback: (path: string) => void): () => void;
  chooseServer(): void;
  /** The language of the menus: `en`, `de`, or `system` for the one of the machine. */
  setLanguage(choice: string): void;
}

/** The names that `window.rondo` has; a test holds the preload script to them. */
export const bridgeNames = [
  'server',
  'platform',
  'setInboxCount',
  'notify',
  'onNavigate',
  'chooseServer',
  'setLanguage',
] as const;
