/**
 * `npm start`: makes the checkout ready, then runs the server until Ctrl-C.
 * `--desktop` also opens the desktop program, `--desktop-pack` packs it; other arguments go to `rondo start`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureGenerated, ensureInstalled, nodeBinary, root, serverFlags } from './prepare.mjs';

const say = (line) => console.log(line);
const rondo = join(root, 'server', 'bin', 'rondo.mjs');
const options = process.argv.slice(2);
const wants = (flag) => options.includes(flag);
const passedOn = options.filter((option) => option !== '--desktop' && option !== '--desktop-pack');

/**
 * Starts a program that prints to this terminal. It has a process group of its own, so that Ctrl-C, which a terminal
 * sends to everybody and npm once more to us, reaches it once, through us: a second signal means “stop at once”.
 */
function startChild(binary, args, env = {}) {
  const ownGroup = process.platform !== 'win32';
  const child = spawn(binary, args, {
    cwd: root,
    // The fourth channel tells the child when we are gone, however we went, so that no server outlives `npm start`.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: ownGroup,
    env: { ...process.env, ...env },
  });
  let last = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!ownGroup || Date.now() - last < 1000) return;
      last = Date.now();
      child.kill(signal);
    });
  }
  return child;
}

function endOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
  });
}

async function answers(address) {
  try {
    const response = await fetch(new URL('/healthz', address), { signal: AbortSignal.timeout(1500) });
    return response.ok;
  } catch {
    return false; // nobody listens there: that is the question
  }
}

async function waitFor(address, child) {
  let gone = false;
  child.once('exit', () => {
    gone = true;
  });
  while (!(await answers(address))) {
    if (gone) throw new Error('The server stopped before it was ready; the lines above say why.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function startServer() {
  return startChild(nodeBinary, [...serverFlags, rondo, 'start', ...passedOn]);
}

async function desktop() {
  const { electronCommand } = await import('./desktop/electron.mjs');
  const address =
    process.env.RONDO_URL ?? `http://${process.env.RONDO_HOST ?? '127.0.0.1'}:${process.env.RONDO_PORT ?? 4310}`;
  let server;
  if (!(await answers(address))) {
    if (process.env.RONDO_URL) throw new Error(`Nothing answers at ${address} (RONDO_URL).`);
    ensureGenerated(say);
    ensureBuilt('server', say);
    server = startServer();
    await waitFor(address, server);
  }
  const { binary, args } = electronCommand();
  say(`Opening Rondo for ${address} …`);
  const program = startChild(binary, [...args, join(root, 'desktop')], { RONDO_URL: address });
  const code = await endOf(program);
  if (server) {
    const stopped = endOf(server);
    server.kill('SIGTERM');
    await stopped;
  }
  return code;
}

async function main() {
  ensureInstalled(say);
  if (wants('--desktop-pack') || wants('--desktop')) {
    ensureBuilt('client', say);
    ensureBuilt('desktop', say);
    if (wants('--desktop')) return desktop();
    const { packDesktop } = await import('./desktop/pack.mjs');
    return packDesktop(say);
  }
  ensureGenerated(say);
  ensureBuilt('client', say);
  ensureBuilt('server', say);
  return endOf(startServer());
}

try {
  process.exitCode = await main();
  // The signal handlers would keep us alive once the child has gone.
  process.exit();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
