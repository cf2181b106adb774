import { app, Menu } from 'electron';
import { message } from './messages.ts';

/** The program's menu: what a desktop program is expected to have, and the server's address. */
export function setMenu(actions: { chooseServer(): void }): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: app.name,
        submenu: [
          { label: message('menu.server'), click: () => actions.chooseServer() },
          { type: 'separator' },
          { label: message('menu.quit'), role: 'quit' },
        ],
      },
      { label: message('menu.edit'), role: 'editMenu' },
      {
        label: message('menu.view'),
        submenu: [
          { role: 'reload' },
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
        ],
      },
      { label: message('menu.window'), role: 'windowMenu' },
    ]),
  );
}
