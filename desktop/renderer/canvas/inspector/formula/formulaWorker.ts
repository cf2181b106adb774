import { evaluateFormula } from '@rondo/shared/formula/evaluate.ts';
import { troubleOf } from '@rondo/shared/formula/trouble.ts';
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
