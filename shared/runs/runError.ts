import { type Said, sentence } from '../words/said.ts';
import type { RunError } from './events.ts';

/**
 * Why a run or a step failed, in English and to be said in any language. Every error of a run is made here.
 * @param step path of the step, null for the run itself
 */
export function runError(
  code: string,
  step: string | null,
  words: Said,
  more: Pick<RunError, 'retryable' | 'details'> = {},
): RunError {
  return { code, step, message: sentence(words), said: words, ...more };
}
