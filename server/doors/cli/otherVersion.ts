import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { lowestVersion, type Misfit, withVersion, writtenVersions } from '@rondo/shared/oas/versions.ts';
import { CommandError } from './output.ts';

/**
 * The document for another version of the specification, and what of it does not fit there.
 * @param wanted a version, or `lowest` for the lowest that its content needs
 * @throws {CommandError} for a version that no document is written for: exit 2
 */
export function otherVersion(
  tree: JsonObject,
  wanted: string,
): { tree: JsonObject; version: string; misfits: Misfit[] } {
  const version = wanted === 'lowest' ? lowestVersion(tree) : wanted;
  if (!writtenVersions.includes(version))
    throw new CommandError(
      `Documents are not written for version ${wanted}. It can be lowest, or one of ${writtenVersions.join(', ')}.`,
      2,
    );
  return { version, ...withVersion(tree, version) };
}
