import { app, type Session, shell, type WebContents } from 'electron';
import { isClientUrl, opensInBrowser, parseUrl } from './addresses.ts';

/** The one thing a page may do beyond showing itself: put a link that somebody asked to copy on the clipboard. */
const granted = new Set(['clipboard-sanitized-write']);

/** Denies every permission that a page can ask for (camera, location, notifications, devices …). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(granted.has(permission) && isClientUrl(contents.getURL()));
  });
  session.setPermissionCheckHandler((contents, permission) => {
    return granted.has(permission) && contents !== null && isClientUrl(contents.getURL());
  });
  session.setDevicePermissionHandler(() => false);
}

function keepInside(contents: WebContents, mayShow: (url: string) => boolean, server: () => string): void {
  const stop = (event: { preventDefault(): void }, url: string) => {
    if (mayShow(url)) return;
    event.preventDefault();
    if (opensInBrowser(url, server())) void shell.openExternal(url);
  };
  contents.on('will-navigate', stop);
  contents.on('will-redirect', stop);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (opensInBrowser(url, server())) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/**
 * Locks every page that this program ever makes: a page stays on `app:`, opens no windows, embeds nothing.
 * @param server the present server's origin; links to it may open in the system's browser
 */
export function lockPages(server: () => string): void {
  app.on('web-contents-created', (_event, contents) => {
    // A page keeps to the host that it began with: the client to app://rondo, the address page to app://server.
    const mayShow = (url: string) => {
      const wanted = parseUrl(url);
      const shown = parseUrl(contents.getURL());
      return wanted?.protocol === 'app:' && (shown === undefined || shown.host === wanted.host);
    };
    keepInside(contents, mayShow, server);
  });
}

/** The settings of every window: the page has no Node, a world of its own, and Chromium's sandbox. */
export const lockedPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: true,
} as const;
