import { Agent, request } from 'undici';

/** One start of a run, from the request to the answer that says it has ended. */
export type Call = () => Promise<void>;

export interface Caller {
  /** @throws {Error} when the answer is another one */
  call: Call;
  close(): Promise<void>;
}

/**
 * Posts the same body again and again, on connections that stay open.
 * @param expected what a good answer contains
 */
export function caller(
  url: string,
  headers: Record<string, string>,
  body: unknown,
  expected = '"state":"succeeded"',
): Caller {
  const agent = new Agent({ connections: 64, pipelining: 1, headersTimeout: 60_000 });
  const text = JSON.stringify(body);
  return {
    async call() {
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text,
      }).catch((error) => {
        throw new Error(`${url} did not answer.`, { cause: error });
      });
      const said = await answer.body.text();
      if (answer.statusCode !== 200 || !said.includes(expected)) {
        throw new Error(`${url} answered ${answer.statusCode}: ${said.slice(0, 400)}`);
      }
    },
    close: () => agent.close(),
  };
}

/** Calls a second from `clients` who each call again as soon as they have their answer. */
export async function rate(call: Call, clients: number, seconds: number): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        await call();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - begin);
}

/** Durations in ms of calls one after the other. */
export async function durations(call: Call, times: number): Promise<number[]> {
  const all: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const begin = performance.now();
    await call();
    all.push(performance.now() - begin);
  }
  return all;
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);
