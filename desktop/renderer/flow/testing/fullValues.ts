import type { Json } from '@rondo/shared/oas/json.ts';
import { largeValueOf } from '@rondo/shared/runs/largeValue.ts';
import { api } from '../../api/client.ts';
import { toApiError } from '../../api/errors.ts';

/** More than this is not put into a form. */
const mostInForm = 2 * 1024 * 1024;

/**
 * Values of a run by name, large ones read in; those that are too large for a form are left out.
 * @param runs ids of the runs that may have them
 */
export async function fullValues(
  runs: readonly string[],
  values: { [name: string]: Json },
): Promise<{ [name: string]: Json }> {
  const read = await Promise.all(
    Object.entries(values).map(async ([name, value]): Promise<[string, Json][]> => {
      const large = largeValueOf(value);
      if (!large) return [[name, value]];
      if (large.size > mostInForm) return [];
      const found = await largeValue(runs, large.hash);
      return found === undefined ? [] : [[name, found]];
    }),
  );
  return Object.fromEntries(read.flat());
}

/** A large value, by its hash, of the first run that has it. */
async function largeValue(runs: readonly string[], hash: string): Promise<Json | undefined> {
  for (const runId of runs) {
    try {
      return (await api.run.value.query({ runId, hash })).value;
    } catch (error) {
      if (toApiError(error).code !== 'NOT_FOUND') throw error;
    }
  }
  return undefined;
}
