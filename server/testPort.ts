import { isPortFree } from './store/isPortFree.ts';

/**
 * A port that nobody listens on now, for a test. It is below those that systems give to outgoing connections (from 32768
 * on): one of them could take it before the server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isPortFree(port)) return port;
  }
}
