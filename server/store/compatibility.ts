import type { Pool } from 'pg';

/** This version of the product is too old for the database that it works on. */
export class TooOldError extends Error {}

/**
 * @param version of this process, `major.minor.patch`; anything else (a test) fits every database
 * @throws {TooOldError} that says which version is wanted
 */
export async function checkCompatibility(pool: Pick<Pool, 'query'>, version: string): Promise<void> {
  const own = numbersOf(version);
  if (!own) return;
  const { rows } = await pool.query<{ least_version: string }>('SELECT least_version FROM compatibility');
  const least = rows[0]?.least_version;
  if (least === undefined || !isBefore(own, numbersOf(least) ?? [])) return;
  throw new TooOldError(
    `This is Rondo ${version}, and the database needs ${least} or newer. Update this process, then start it again.`,
  );
}

function numbersOf(version: string): number[] | undefined {
  return /^\d+\.\d+\.\d+/.exec(version)?.[0].split('.').map(Number);
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  for (const [index, number] of other.entries()) {
    const own = one[index] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
