import { isTerminal } from '@rondo/shared/runs/states.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../../access/caller.ts';
import { allows } from '../../access/permissions.ts';
import { contracts } from '../../operations/contract/index.ts';
import { OperationError } from '../../operations/errors.ts';
import { call } from '../../operations/registry.ts';
import type { Services } from '../../operations/services.ts';
import type { LiveChange, LiveRun } from './context.ts';

/** How often a stream asks whether its caller may still watch. */
const askedEvery = 15_000;
/** A watcher that takes nothing for so long that this many hints wait is cut off; its client comes back by itself. */
const mostWaiting = 10_000;

/** Hints put in by listeners, taken out by one reader, in order. */
class Inbox<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  put(item: T): void {
    if (this.#items.length >= mostWaiting) this.close();
    else this.#items.push(item);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Everything that came since the last time; waits for something. Undefined = closed, or nothing came in time. */
  async take(timeoutMs: number): Promise<T[] | undefined> {
    if (this.#items.length === 0 && !this.#closed) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    return this.#items.length > 0 ? this.#items.splice(0) : undefined;
  }

  get closed(): boolean {
    return this.#closed;
  }
}

function refuse(caller: Caller): void {
  if (!caller.user) throw new OperationError('UNAUTHENTICATED', said('refused.signInOrKey'));
  if (!allows(caller.user.role, 'run.read')) throw new OperationError('FORBIDDEN', said('refused.watchRuns'));
}

/** Every hint that something changed, until the client goes or loses its right to watch. */
export async function* changes(
  services: Services,
  who: () => Promise<Caller>,
  signal: AbortSignal,
): AsyncGenerator<LiveChange> {
  const caller = await who();
  refuse(caller);
  const inbox = new Inbox<LiveChange>();
  const off = services.live.onChange((change) => {
    if (change.kind !== 'notification' || change.id === caller.user?.id) inbox.put(change);
  });
  const close = () => inbox.close();
  signal.addEventListener('abort', close);
  try {
    while (!signal.aborted && !inbox.closed) {
      const items = await inbox.take(askedEvery);
      if (!items) refuse(await who());
      for (const item of items ?? []) yield item;
    }
  } finally {
    off();
    signal.removeEventListener('abort', close);
  }
}

/** A run's journal from a number on and its models' words as they come, until the run has ended. */
export async function* watchedRun(
  services: Services,
  who: () => Promise<Caller>,
  runId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<{ cursor: number; value: LiveRun }> {
  refuse(await who());
  const inbox = new Inbox<{ path: string; text: string } | 'changed'>();
  const offs = [
    services.live.onChange((change) => {
      if (change.kind === 'run' && change.id === runId) inbox.put('changed');
    }),
    services.live.onToken((token) => {
      if (token.runId === runId) inbox.put({ path: token.path, text: token.text });
    }),
  ];
  const close = () => inbox.close();
  signal.addEventListener('abort', close);
  try {
    let cursor = after;
    let first = true;
    while (!signal.aborted && !inbox.closed) {
      const read = await call(contracts.run.events, { runId, after: cursor }, await who(), services);
      cursor = read.nextSeq;
      if (first || read.events.length > 0) yield { cursor, value: { events: read.events, state: read.state } };
      first = false;
      if (isTerminal(read.state)) return;
      let changed = false;
      while (!changed && !signal.aborted && !inbox.closed) {
        const items = await inbox.take(askedEvery);
        // After a while without a hint the journal is read anyway: a lost hint must not leave a watcher behind.
        changed = items === undefined;
        for (const item of items ?? [])
          if (item === 'changed') changed = true;
          else yield { cursor, value: { token: item } };
      }
    }
  } finally {
    for (const off of offs) off();
    signal.removeEventListener('abort', close);
  }
}
