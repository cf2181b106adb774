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
      {
        label: message('menu.edit'),
        submenu: [
          { role: 'undo', label: message('menu.undo') },
          { role: 'redo', label: message('menu.redo') },
          { type: 'separator' },
          { role: 'cut', label: message('menu.cut') },
          { role: 'copy', label: message('menu.copy') },
          { role: 'paste', label: message('menu.paste') },
          { role: 'selectAll', label: message('menu.selectAll') },
        ],
      },
      {
        label: message('menu.view'),
        submenu: [
          { role: 'reload', label: message('menu.reload') },
          { type: 'separator' },
          { role: 'resetZoom', label: message('menu.resetZoom') },
          { role: 'zoomIn', label: message('menu.zoomIn') },
          { role: 'zoomOut', label: message('menu.zoomOut') },
          { type: 'separator' },
          { role: 'togglefullscreen', label: message('menu.fullScreen') },
          ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
        ],
      },
      {
        label: message('menu.window'),
        role: 'window',
        submenu: [
          { role: 'minimize', label: message('menu.minimize') },
          { role: 'close', label: message('menu.close') },
        ],
      },
    ]),
  );
}
