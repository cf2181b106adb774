import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@rondo/server/testPort.ts';
import { expect, it } from 'vitest';
import { until } from '../harness/client.ts';
import { clientWindow, closeDesktop, findSeat, launchDesktop } from '../harness/electron.ts';
import { startServer } from '../harness/server.ts';

const seat = await findSeat('the desktop before its server');

it.skipIf(seat === undefined)(
  'the desktop program says that nobody answers, and goes on by itself once the server is there',
  async () => {
    if (seat === undefined) return;
    const port = await freePort();
    const data = mkdtempSync(join(tmpdir(), 'rondo-desktop-'));
    const server = `http://127.0.0.1:${port}`;
    const program = await launchDesktop({ ...seat, data, server });
    try {
      const waiting = await program.firstWindow();
      await waiting.getByText(/No Rondo server answers/).waitFor();
      expect(await waiting.getByText(/tried again by itself/).count()).toBe(1);
      const late = await startServer({ port });
      try {
        const page = await clientWindow(program);
        await page.getByLabel(/e-?mail/i).waitFor();
        await until('the window that waited to close', async () => program.windows().length === 1);
      } finally {
        await late.stop();
      }
    } finally {
      await closeDesktop(program);
      seat.display.close();
      rmSync(data, { recursive: true, force: true });
    }
  },
  120_000,
);
