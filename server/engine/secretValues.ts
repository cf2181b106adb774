import { isObject, type Json } from '@rondo/shared/oas/json.ts';

/** Shorter texts are no secrets worth hiding, and hiding them would tear other texts apart. */
const shortestSecret = 4;
const blot = '•••';

/** What an event says about itself; no value of a run stands there. */
const structural = new Set([
  'kind',
  'id',
  'path',
  'for',
  'at',
  'nodeId',
  'nodeType',
  'branch',
  'idempotencyKey',
  'waitId',
  'retryAt',
  'wakeAt',
  'runId',
  'code',
  'step',
]);
/** Parts of an event that say something about it, too. Anywhere else such a name is one of the flow's own. */
const parts = new Set(['wait', 'error', 'context', 'tries', 'answer', 'actor']);

/** The secret values that a run has used so far, and how they are kept out of all that it says (G7). */
export class SecretValues {
  readonly #values = new Set<string>();

  /** Every text inside the value is a secret. */
  learn(value: Json | undefined): void {
    if (typeof value === 'string') {
      if (value.length >= shortestSecret) this.#values.add(value);
    } else if (Array.isArray(value)) for (const item of value) this.learn(item);
    else if (isObject(value)) for (const item of Object.values(value)) this.learn(item);
  }

  /**
   * An event, an error or what a step gave, with every secret in its texts and keys blotted out; itself while no secret
   * was used.
   */
  hide<T>(value: T): T {
    return this.#values.size === 0 ? value : (this.#hidden(value, true) as T);
  }

  /** @param ofEvent it is part of what an event says about itself */
  #hidden(value: unknown, ofEvent: boolean): unknown {
    if (typeof value === 'string') return this.#hiddenText(value);
    if (Array.isArray(value)) return value.map((item) => this.#hidden(item, ofEvent));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (ofEvent && structural.has(key)) return [key, item];
        return [this.#hiddenText(key), this.#hidden(item, ofEvent && parts.has(key))];
      }),
    );
  }

  /** Also as a secret stands in an address or in JSON. */
  #hiddenText(text: string): string {
    let hidden = text;
    for (const secret of this.#values) {
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        hidden = hidden.replaceAll(form, blot);
      }
    }
    return hidden;
  }
}
