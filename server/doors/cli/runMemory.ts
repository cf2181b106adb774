import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor, RunEvent, Wait, WaitAnswer } from '@rondo/shared/runs/events.ts';
import { advance } from '../../engine/advance.ts';
import type { EnginePorts, SegmentEnd } from '../../engine/ports.ts';

/** A wait that somebody has to answer. No step of a file starts other runs, and nobody halts one. */
export type Question = Exclude<Wait, { for: 'timer' | 'run' }>;

/** Where a run stands that needs an answer or has ended. */
export type Stand = { state: 'waiting'; questions: Question[] } | Exclude<SegmentEnd, { state: 'waiting' | 'stopped' }>;

const caller: Actor = { kind: 'system', id: 'command-line', name: 'the command line' };

/** A run whose journal lives in this process's memory. */
export class MemoryRun {
  readonly #runId = randomUUID();
  readonly #document: JsonObject;
  readonly #ports: EnginePorts;
  readonly #journal: RunEvent[] = [];
  #pending: RunEvent[] = [];
  #told = 0;

  constructor(document: JsonObject, ports: EnginePorts) {
    this.#document = document;
    this.#ports = ports;
  }

  start(inputs: JsonObject, messages: string[]): Promise<Stand> {
    const said = messages.length > 0 ? { messages } : {};
    this.#pending.push({ kind: 'run_started', at: this.#now(), actor: caller, trigger: 'cli', inputs, ...said });
    return this.#goOn();
  }

  /** Goes on with an answer to each question. */
  answer(answers: ReadonlyMap<Question, WaitAnswer>): Promise<Stand> {
    for (const [question, answer] of answers) this.#answered(question, answer);
    return this.#goOn();
  }

  /** What the assistant said since this was last asked. */
  newMessages(): string[] {
    const events = this.#journal.slice(this.#told);
    this.#told = this.#journal.length;
    return events.flatMap((event) => (event.kind === 'message' && event.role === 'assistant' ? [event.text] : []));
  }

  async #goOn(): Promise<Stand> {
    for (;;) {
      const pending = this.#pending;
      this.#pending = [];
      const end = await advance({
        runId: this.#runId,
        document: this.#document,
        journal: [...this.#journal],
        pending,
        ports: this.#ports,
        append: async (events) => {
          this.#journal.push(...events);
        },
        signal: new AbortController().signal,
      });
      if (end.state === 'stopped') continue;
      if (end.state !== 'waiting') return end;
      const questions = end.waits.filter((wait): wait is Question => wait.for !== 'timer' && wait.for !== 'run');
      if (questions.length > 0) return { state: 'waiting', questions };
      await this.#pass(end.waits);
    }
  }

  /** Waits until the first of the clocks has come to its time. */
  async #pass(waits: Wait[]): Promise<void> {
    const timers = waits.flatMap((wait) => (wait.for === 'timer' ? [{ wait, at: Date.parse(wait.wakeAt) }] : []));
    const [first] = timers.sort((a, b) => a.at - b.at);
    if (!first) throw new Error('The run waits for nothing.');
    // setTimeout takes no more than 24.8 days at once.
    for (let left = first.at - Date.now(); left > 0; left = first.at - Date.now())
      await sleep(Math.min(left, 2 ** 31 - 1));
    this.#answered(first.wait, { kind: 'timer' });
  }

  #answered(wait: Wait, answer: WaitAnswer): void {
    const { id: waitId, path } = wait;
    this.#pending.push({ kind: 'wait_answered', path, at: this.#now(), waitId, answer, actor: caller });
  }

  #now(): string {
    return this.#ports.now().toISOString();
  }
}

/** The arguments of a question, where it has some. */
export function argumentsOf(question: Question): { [name: string]: Json } {
  return 'arguments' in question ? question.arguments : {};
}
