import { currentVersion, fieldsOf, typeNamed, versionRank } from '../componentTypes.ts';
import type { JsonObject } from '../json.ts';
import { own, ownText, sameJson } from '../json.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { componentsOf } from '../references.ts';
import { subjectAt } from './subject.ts';

/** The version that a document states; `air_version` is the old name of the field. */
export function statedVersion(tree: JsonObject): string | undefined {
  return ownText(tree, 'agentspec_version') ?? ownText(tree, 'air_version');
}

/** The lowest version that has everything that the document uses. */
export function neededVersion(tree: JsonObject): string {
  return mostDemanding(tree)?.version ?? '25.4.1';
}

/** Is there a version, is it known, and does it have what the document uses? */
export function checkVersions(tree: JsonObject): Problem[] {
  const given = own(tree, 'agentspec_version') ?? own(tree, 'air_version');
  // A file of referenced components alone has its versions on its entries, or none.
  if (given === undefined && own(tree, 'component_type') === undefined) return [];
  const pointer =
    own(tree, 'agentspec_version') === undefined && given !== undefined ? '/air_version' : '/agentspec_version';
  if (given === undefined || given === null) {
    return [
      warningAt('OAS-VERSION-MISSING', '', `The document does not say its version; it is read as ${currentVersion}.`),
    ];
  }
  if (typeof given !== 'string' || !/^\d+\.\d+\.\d+(-\w+)?$/.test(given)) {
    return [errorAt('OAS-VERSION', pointer, `The version must be written like “${currentVersion}”.`)];
  }
  const rank = versionRank(given);
  if (rank === undefined) {
    return [
      warningAt('OAS-VERSION-UNKNOWN', pointer, `Version ${given} is not known here; it is read as ${currentVersion}.`),
    ];
  }
  const needed = mostDemanding(tree);
  if (needed === undefined || rank >= (versionRank(needed.version) ?? 0)) return [];
  const message = `The document says version ${given}, but ${needed.what} came with ${needed.version}: other programs will refuse it.`;
  return [warningAt('OAS-VERSION-LOW', needed.pointer, message, subjectAt(tree, needed.pointer))];
}

interface Demand {
  version: string;
  pointer: string;
  what: string;
}

function mostDemanding(tree: JsonObject): Demand | undefined {
  let most: Demand | undefined;
  const demand = (version: string, pointer: string, what: string): void => {
    if (most === undefined || (versionRank(version) ?? 0) > (versionRank(most.version) ?? 0))
      most = { version, pointer, what };
  };
  for (const { pointer, component } of componentsOf(tree).values()) {
    const name = ownText(component, 'component_type') ?? '';
    const type = typeNamed(name);
    if (type === undefined) continue;
    if (type.lowestVersion !== '25.4.1') demand(type.lowestVersion, pointer, `“${name}”`);
    for (const [field, definition] of Object.entries(fieldsOf(name))) {
      const value = own(component, field);
      if (definition.lowestVersion === undefined || value === undefined || value === null) continue;
      if (definition.default !== undefined && sameJson(value, definition.default)) continue;
      demand(definition.lowestVersion, `${pointer}/${field}`, `“${field}” of “${name}”`);
    }
  }
  return most;
}
