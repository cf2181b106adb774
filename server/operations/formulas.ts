import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

/** How the sandbox speaks of a formula that cannot even be read. */
const unreadable = /syntax|expected|unexpected|unknown operator|unterminated|unmatched/i;

/**
 * Tries a formula when it is saved, over values of the right shape: one that cannot be read is refused then, and not
 * first when it is needed. What fails on these values only may work on real ones.
 *
 * @param what its name in the message: "condition"
 * @throws {OperationError} INVALID
 */
export async function checkFormula(
  services: Services,
  what: string,
  formula: string,
  values: JsonObject,
): Promise<void> {
  if (formula === '') return;
  try {
    await services.runs.formula(formula, values);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (unreadable.test(message)) throw new OperationError('INVALID', `The ${what} cannot be read. ${message}`);
  }
}
