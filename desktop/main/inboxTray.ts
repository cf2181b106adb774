import { Menu, nativeImage, Tray } from 'electron';
import { message } from './messages.ts';

export interface TrayActions {
  open(path?: string): void;
  chooseServer(): void;
  quit(): void;
}

/** The icon beside the clock: says how many reviews wait, and brings the window back. */
export class InboxTray {
  readonly #tray: Tray;
  readonly #actions: TrayActions;
  #count = 0;

  constructor(icon: string, actions: TrayActions) {
    const image = nativeImage.createFromPath(icon);
    if (process.platform === 'darwin') image.setTemplateImage(true);
    this.#tray = new Tray(image);
    this.#actions = actions;
    this.#tray.on('click', () => actions.open());
    this.show(0);
  }

  /**
   * Shows how many reviews wait; the same number again when only the language changed.
   * @returns the words now shown, also for people who do not see the icon
   */
  show(count = this.#count): string {
    this.#count = count;
    const words = count === 0 ? message('tray.idle') : message('tray.inbox', { count });
    this.#tray.setToolTip(words);
    if (process.platform === 'darwin') this.#tray.setTitle(count === 0 ? '' : String(count));
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: message('menu.open'), click: () => this.#actions.open() },
        { label: message('menu.inbox', { count }), click: () => this.#actions.open('/inbox') },
        { type: 'separator' },
        { label: message('menu.server'), click: () => this.#actions.chooseServer() },
        { label: message('menu.quit'), click: () => this.#actions.quit() },
      ]),
    );
    return words;
  }
}
