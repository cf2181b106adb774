import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { channels } from '../preload/bridge.ts';
import { clientOrigin } from './addresses.ts';
import { lockedPreferences } from './hardening.ts';
import { type SettingsFile, visiblePlace } from './settings.ts';

/** The one window with the client in it. Closing it only hides it: the inbox goes on being watched from the tray. */
export class MainWindow {
  readonly #settings: SettingsFile;
  readonly #preload: string;
  readonly #icon: string;
  #window: BrowserWindow | undefined;
  #leaving = false;
  /** False where there is no tray to come back from: then closing the window ends the program. */
  hidesOnClose = true;

  constructor(settings: SettingsFile, out: string, icon: string) {
    this.#settings = settings;
    this.#preload = join(out, 'preload', 'index.cjs');
    this.#icon = icon;
    app.on('before-quit', () => {
      this.#leaving = true;
    });
  }

  get contents() {
    return this.#window?.webContents;
  }

  /** Shows the window, made if need be, at a path of the client or where it was. */
  open(path?: string): void {
    if (this.#window === undefined) {
      this.#window = this.#create();
      void this.#window.loadURL(clientOrigin + (path ?? '/'));
      return;
    }
    if (path !== undefined) {
      if (this.#window.webContents.isLoadingMainFrame()) void this.#window.loadURL(clientOrigin + path);
      else this.#window.webContents.send(channels.navigate, path);
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Starts the client anew, for another server. */
  restart(): void {
    if (this.#window === undefined) this.open();
    else void this.#window.loadURL(`${clientOrigin}/`);
  }

  /** Says on the window and on the program's icon how many reviews wait. */
  showCount(count: number, description: string): void {
    if (process.platform === 'darwin' || process.platform === 'linux') app.setBadgeCount(count);
    if (this.#window === undefined) return;
    this.#window.setTitle(count > 0 ? `Rondo (${count})` : 'Rondo');
    this.#window.accessibleTitle = description;
  }

  #create(): BrowserWindow {
    const place = visiblePlace(
      this.#settings.get().window,
      screen.getAllDisplays().map((display) => display.workArea),
    );
    const window = new BrowserWindow({
      x: place.x,
      y: place.y,
      width: place.width,
      height: place.height,
      minWidth: 480,
      minHeight: 400,
      show: false,
      title: 'Rondo',
      icon: this.#icon,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#151619' : '#FBFBFC',
      webPreferences: {
        ...lockedPreferences,
        preload: this.#preload,
        devTools: !app.isPackaged,
        // A hidden window goes on hearing about new reviews.
        backgroundThrottling: false,
      },
    });
    if (place.maximized) window.maximize();
    // The title carries the inbox's count; the page's own title would overwrite it.
    window.on('page-title-updated', (event) => event.preventDefault());
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => {
      this.#remember(window);
      if (!this.#leaving && this.hidesOnClose) {
        event.preventDefault();
        window.hide();
      }
    });
    window.on('closed', () => {
      this.#window = undefined;
    });
    return window;
  }

  #remember(window: BrowserWindow): void {
    const { x, y, width, height } = window.getNormalBounds();
    this.#settings.change({ window: { x, y, width, height, maximized: window.isMaximized() } });
  }
}
