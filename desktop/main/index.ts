import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { defaultServer, pathOfArguments, pathOfLink, readServerAddress } from './addresses.ts';
import { answerScheme, declareScheme, reaches } from './appScheme.ts';
import { answerBridge } from './bridge.ts';
import { denyPermissions, lockPages } from './hardening.ts';
import { InboxTray } from './inboxTray.ts';
import { languageOf } from './language.ts';
import { MainWindow } from './mainWindow.ts';
import { setMenu } from './menu.ts';
import { message, speak } from './messages.ts';
import { ServerWindow } from './serverWindow.ts';
import { SettingsFile } from './settings.ts';

/** RONDO_URL decides over what was chosen before; an address that cannot be used ends the program with a reason. */
function fixedServer(): string | undefined {
  const given = process.env.RONDO_URL;
  if (given === undefined || given === '') return undefined;
  const address = readServerAddress(given);
  if (!address.ok) throw new Error(`RONDO_URL: ${message(`server.${address.reason}`, { typed: given })}`);
  return address.origin;
}

async function start(): Promise<void> {
  if (process.env.RONDO_DESKTOP_DATA) app.setPath('userData', process.env.RONDO_DESKTOP_DATA);
  const fixed = fixedServer();
  declareScheme();
  app.enableSandbox();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  // A link may come before there is a window to show it in.
  let wanted = pathOfArguments(process.argv);
  let open = (path?: string) => {
    wanted = path ?? wanted;
  };
  app.on('second-instance', (_event, args) => open(pathOfArguments(args)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    open(pathOfLink(url));
  });

  await app.whenReady();
  const root = app.getAppPath();
  const out = join(root, 'out');
  const icons = join(out, 'icons');
  const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'));
  const server = () => fixed ?? settings.get().server ?? defaultServer;
  // An installed program takes rondo:// links; one that runs from the sources must not change the machine.
  if (app.isPackaged) app.setAsDefaultProtocolClient('rondo');
  app.setAppUserModelId('dev.rondo.desktop');

  lockPages(server);
  denyPermissions(session.defaultSession);
  const window = new MainWindow(settings, out, join(icons, 'rondo.png'));
  const serverWindow = new ServerWindow(join(icons, 'rondo.png'));
  let problem: string | undefined;
  const chooseServer = () => serverWindow.open();
  open = (path) => window.open(path);

  answerScheme({
    session: session.defaultSession,
    folder: join(root, 'dist', 'web'),
    server,
    serverPage: () => ({
      current: server(),
      fixed: fixed !== undefined,
      problem,
      reaches,
      choose: (origin) => {
        problem = undefined;
        settings.change({ server: origin });
        window.restart();
        // The page that asked gets its answer before its window goes.
        setTimeout(() => serverWindow.close(), 100);
      },
    }),
  });
  speak(languageOf(settings.get().language ?? 'system', app.getLocale()));
  setMenu({ chooseServer });
  const tray = new InboxTray(join(icons, process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'), {
    open: (path) => window.open(path),
    chooseServer,
    quit: () => app.quit(),
  });
  answerBridge({
    server,
    setInboxCount: (count) => window.showCount(count, tray.show(count)),
    chooseServer,
    setLanguage: (choice) => {
      if (choice !== (settings.get().language ?? 'system')) settings.change({ language: choice });
      speak(languageOf(choice, app.getLocale()));
      setMenu({ chooseServer });
      tray.show();
    },
    open: (path) => window.open(path),
  });

  app.on('activate', () => window.open());
  app.on('window-all-closed', () => {
    if (BrowserWindow.getAllWindows().length === 0 && process.platform !== 'darwin') app.quit();
  });

  if (await reaches(server())) {
    window.open(wanted);
  } else {
    problem = `${message('server.unreachable', { address: server() })} ${message('server.again')}`;
    chooseServer();
    await answers(server, () => serverWindow.isOpen);
    if (!serverWindow.isOpen) return; // another address was chosen, or nobody waits any more
    window.open(wanted);
    serverWindow.close();
  }
}

const againMs = 2000;

/** Asks again and again, until the server answers or nobody waits for it. */
async function answers(server: () => string, waits: () => boolean): Promise<void> {
  while (waits()) {
    await new Promise((resolve) => setTimeout(resolve, againMs));
    if (await reaches(server())) return;
  }
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  app.exit(1);
});
