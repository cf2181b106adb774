import { type IpcMainEvent, ipcMain, Notification } from 'electron';
import { channels, type Notice } from '../preload/bridge.ts';
import { isClientPath, isClientUrl } from './addresses.ts';
import { isLanguageChoice, type LanguageChoice } from './language.ts';

export interface BridgeAnswers {
  server(): string;
  setInboxCount(count: number): void;
  chooseServer(): void;
  setLanguage(choice: LanguageChoice): void;
  open(path: string): void;
}

/** Only the client's own page may call; a frame of any other origin is not heard. */
function isFromClient(event: IpcMainEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && isClientUrl(frame.url) && frame === event.sender.mainFrame;
}

/** Takes a notice from the page when each part of it is what it should be. */
export function readNotice(value: unknown): Notice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { title, body, href } = value as Record<string, unknown>;
  if (typeof title !== 'string' || title === '' || typeof body !== 'string' || !isClientPath(href)) return undefined;
  return { title: title.slice(0, 200), body: body.slice(0, 1000), href };
}

/** Answers the page's side of the allow-list in `../preload/bridge.ts`. */
export function answerBridge(answers: BridgeAnswers): void {
  // A notification that nobody refers to is collected, and its click is lost.
  const shown = new Set<Notification>();

  ipcMain.on(channels.server, (event) => {
    event.returnValue = isFromClient(event) ? answers.server() : '';
  });
  ipcMain.on(channels.inboxCount, (event, count: unknown) => {
    if (!isFromClient(event) || typeof count !== 'number' || !Number.isInteger(count) || count < 0) return;
    answers.setInboxCount(Math.min(count, 9999));
  });
  ipcMain.on(channels.chooseServer, (event) => {
    if (isFromClient(event)) answers.chooseServer();
  });
  ipcMain.on(channels.language, (event, choice: unknown) => {
    if (isFromClient(event) && isLanguageChoice(choice)) answers.setLanguage(choice);
  });
  ipcMain.on(channels.notify, (event, value: unknown) => {
    const notice = isFromClient(event) ? readNotice(value) : undefined;
    if (notice === undefined) return;
    const notification = new Notification({ title: notice.title, body: notice.body });
    shown.add(notification);
    const forget = () => shown.delete(notification);
    notification.on('click', () => {
      forget();
      answers.open(notice.href);
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  });
}
