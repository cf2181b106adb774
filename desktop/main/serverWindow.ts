import { BrowserWindow } from 'electron';
import { serverPageUrl } from './addresses.ts';
import { lockedPreferences } from './hardening.ts';
import { message } from './messages.ts';

/** The small window that asks for the server's address; it has no bridge to this program at all. */
export class ServerWindow {
  #window: BrowserWindow | undefined;
  readonly #icon: string;

  constructor(icon: string) {
    this.#icon = icon;
  }

  open(): void {
    if (this.#window !== undefined) {
      void this.#window.loadURL(serverPageUrl);
      this.#window.show();
      this.#window.focus();
      return;
    }
    this.#window = new BrowserWindow({
      width: 480,
      height: 340,
      resizable: false,
      minimizable: false,
      maximizable: false,
      autoHideMenuBar: true,
      title: message('server.title'),
      icon: this.#icon,
      webPreferences: lockedPreferences,
    });
    this.#window.on('closed', () => {
      this.#window = undefined;
    });
    void this.#window.loadURL(serverPageUrl);
  }

  get isOpen(): boolean {
    return this.#window !== undefined;
  }

  close(): void {
    this.#window?.close();
  }
}
