import { currentVersion, versionRank } from '../componentTypes.ts';
import type { JsonObject } from '../json.ts';
import { own } from '../json.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { demandsOf, lowestVersion } from '../versions.ts';
import { subjectAt } from './subject.ts';

/** Is there a version, is it known, and does it have what the document uses? */
export function checkVersions(tree: JsonObject): Problem[] {
  const stated = own(tree, 'agentspec_version');
  const given = stated === undefined ? own(tree, 'air_version') : stated;
  // A file of referenced components alone has its versions on its entries, or none.
  if (given === undefined && own(tree, 'component_type') === undefined) return [];
  const pointer = stated === undefined && given !== undefined ? '/air_version' : '/agentspec_version';
  if (given === undefined) {
    return [warningAt('OAS-VERSION-MISSING', '', { version: currentVersion })];
  }
  if (typeof given !== 'string' || !/^\d+\.\d+\.\d+(-\w+)?$/.test(given)) {
    return [errorAt('OAS-VERSION', pointer, { version: currentVersion })];
  }
  const rank = versionRank(given);
  if (rank === undefined) {
    return [warningAt('OAS-VERSION-UNKNOWN', pointer, { given, version: currentVersion })];
  }
  const needed = lowestVersion(tree);
  if (rank >= (versionRank(needed) ?? 0)) return [];
  const [most] = demandsOf(tree).filter(({ version }) => version === needed);
  if (most === undefined) return [];
  return [
    warningAt('OAS-VERSION-LOW', most.pointer, { given, newer: most.what, needed }, subjectAt(tree, most.pointer)),
  ];
}
