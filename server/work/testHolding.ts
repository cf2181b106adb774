import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './testWork.ts';

/** A service outside that answers a call only when it is told to. For tests. */
export interface HoldingService {
  url: string;
  /** calls so far */
  readonly calls: number;
  /** idempotency keys of the calls that wait for their answer, the oldest first */
  readonly held: readonly string[];
  /** Waits until so many calls are held. */
  callsOut(count?: number): Promise<void>;
  /** Answers the calls that are held: all of them, or those of a run. */
  letGo(runId?: string): void;
  /** Answers the oldest one. */
  letGoOne(): void;
  close(): void;
}

/** @param status of its answers */
export async function openHolding(status = 200): Promise<HoldingService> {
  let calls = 0;
  let held: { key: string; answer: () => void }[] = [];
  const server = createServer((request, response) => {
    calls += 1;
    const answer = () => response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    held.push({ key: String(request.headers['idempotency-key']), answer });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const letGo = (runId = '') => {
    const going = held.filter(({ key }) => key.startsWith(runId));
    held = held.filter(({ key }) => !key.startsWith(runId));
    for (const { answer } of going) answer();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get calls() {
      return calls;
    },
    get held() {
      return held.map(({ key }) => key);
    },
    callsOut: (count = 1) => until('the call is out', () => held.length >= count),
    letGo,
    letGoOne: () => held.shift()?.answer(),
    close() {
      letGo();
      server.closeAllConnections();
      server.close();
    },
  };
}
