import { versionRank } from '@rondo/shared/oas/componentTypes.ts';
import { lowestVersion, withVersion, writtenVersions } from '@rondo/shared/oas/versions.ts';
import { describe, expect, it } from 'vitest';
import { baseDocuments } from './baseDocuments.ts';
import { askSdk, findReferenceSdk } from './referenceSdk.ts';

const sdk = findReferenceSdk();
if (!('python' in sdk)) console.info(`The reference SDK is not asked: ${sdk.missing}.`);

/** The SDK's list lacks 26.2.0 (docs/oas-agreement.md). */
const versions = writtenVersions.filter((version) => version !== '26.2.0');

describe.skipIf(!('python' in sdk))('versions and the reference SDK', () => {
  it('accepts as a version what was written for it, and only what fits it', () => {
    const all = baseDocuments();
    const bases = all.filter(
      ({ name }, i) => !name.includes('a2aagent') && all.findIndex((one) => one.name === name) === i,
    );
    const asked = bases.flatMap(({ name, tree }) =>
      versions.flatMap((version) => {
        const { tree: made, misfits } = withVersion(tree, version);
        const stays = misfits.some(({ removed }) => !removed);
        const tooLow = (versionRank(version) ?? 0) < (versionRank(lowestVersion(tree)) ?? 0);
        return [
          { what: `${name} for ${version}`, tree: made, fits: !stays },
          { what: `${name} called ${version}`, tree: { ...tree, agentspec_version: version }, fits: !tooLow },
        ];
      }),
    );
    const texts = asked.map(({ tree }) => ({ text: JSON.stringify(tree), ending: 'json' as const }));
    const verdicts = askSdk((sdk as { python: string }).python, texts);
    const wrong = asked.flatMap(({ what, fits }, i) => {
      const verdict = verdicts[i];
      return verdict?.accepted === fits ? [] : [`${what}: we say ${fits}, the SDK ${verdict?.reason || 'accepts it'}`];
    });
    expect(wrong).toEqual([]);
    expect(asked.filter(({ fits }) => !fits).length).toBeGreaterThan(20);
  }, 120_000);
});
