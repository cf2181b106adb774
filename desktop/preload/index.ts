import { contextBridge, ipcRenderer } from 'electron';
import { channels, type Notice, type RondoBridge } from './bridge.ts';

type Navigated = (path: string) => void;

const listeners = new Set<Navigated>();
// A link may arrive before the page listens: the newest one waits for the first listener.
let pending: string | undefined;

ipcRenderer.on(channels.navigate, (_event, path: unknown) => {
  if (typeof path !== 'string') return;
  if (listeners.size === 0) pending = path;
  for (const listener of listeners) listener(path);
});

const bridge: RondoBridge = {
  server: String(ipcRenderer.sendSync(channels.server)),
  platform: 'desktop',
  setInboxCount: (count) => ipcRenderer.send(channels.inboxCount, Number(count)),
  notify: ({ title, body, href }: Notice) =>
    ipcRenderer.send(channels.notify, { title: String(title), body: String(body), href: String(href) }),
  onNavigate: (callback) => {
    const listener: Navigated = (path) => callback(path);
    listeners.add(listener);
    if (pending !== undefined) {
      const path = pending;
      pending = undefined;
      listener(path);
    }
    return () => {
      listeners.delete(listener);
    };
  },
  chooseServer: () => ipcRenderer.send(channels.chooseServer),
  setLanguage: (choice) => ipcRenderer.send(channels.language, String(choice)),
};

contextBridge.exposeInMainWorld('rondo', bridge);
