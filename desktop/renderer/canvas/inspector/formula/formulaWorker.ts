import { evaluateFormula } from '@rondo/shared/formula/evaluate.ts';
import type { FormulaAnswer, FormulaTask } from './formulaTask.ts';

/** The limit of one evaluation; the page ends the worker soon after. */
const milliseconds = 1_000;

self.addEventListener('message', (event: MessageEvent<FormulaTask>) => {
  const { id, source, values } = event.data;
  evaluateFormula(source, values, milliseconds)
    .then((value): FormulaAnswer => ({ id, ok: true, value }))
    .catch((error: unknown): FormulaAnswer => ({ id, ok: false, error: troubleOf(error) }))
    .then((answer) => self.postMessage(answer));
});

/** What the formula language throws is a plain object; everything else has a message at least. */
function troubleOf(error: unknown) {
  const given: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  };
  const message = error instanceof Error ? error.message : text('message') || String(error);
  return {
    code: text('code'),
    position: typeof given.position === 'number' ? given.position : undefined,
    token: text('token'),
    value: text('value'),
    index: text('index'),
    message,
  };
}
