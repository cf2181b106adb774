import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { said } from '@rondo/shared/words/said.ts';
import { StepError } from '../engine/ports.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

/** The codes by which the formula language says that a formula cannot even be read. */
const unreadable = /^\{"formula":"S0/;

/**
 * Tries a formula when it is saved, over values of the right shape: one that cannot be read is refused then, and not
 * first when it is needed. What fails on these values only may work on real ones.
 *
 * @throws {OperationError} INVALID
 */
export async function checkFormula(
  services: Services,
  what: 'condition' | 'mapping',
  formula: string,
  values: JsonObject,
): Promise<void> {
  if (formula === '') return;
  try {
    await services.runs.formula(formula, values);
  } catch (error) {
    if (!(error instanceof StepError) || !unreadable.test(JSON.stringify(error.details ?? null))) return;
    throw new OperationError('INVALID', said(`refused.${what}`, { reason: error.said }));
  }
}
