import { componentTypes, fieldsOf, isAccepted, versionRank } from '@rondo/shared/oas/componentTypes.ts';
import type { FieldDefinition } from '@rondo/shared/oas/types/definition.ts';
import { recordTypes } from '@rondo/shared/oas/types/records.ts';
import { describe, expect, it } from 'vitest';
import { findReferenceSdk, type SdkField, type SdkTypes, sdkComponentTypes } from './referenceSdk.ts';

const sdk = findReferenceSdk();
if (!('python' in sdk)) console.info(`The reference SDK is not asked: ${sdk.missing}.`);

/** Types that we know and the SDK does not offer: OpenAI's own agents are private in it. */
const onlyOurs = ['OpenAiAgent'];

/** Where the table says something else than the classes, and why. */
const exceptions: { readonly [place: string]: string } = {
  'LlmConfig lowestVersion': 'it was abstract before 26.1.2; the SDK finds that out in the instance',
  ...Object.fromEntries(
    ['max_message_size', 'max_cache_size', 'max_cache_lifetime'].map((field) => [
      `MessageSummarizationTransform.${field} above`,
      'the SDK looks at it in a validator, not in the field',
    ]),
  ),
  'LlmConfig.model_id lowestVersion': 'as its type',
  'GeminiConfig.model_id lowestVersion': 'as its type',
  'DbmsVectorChainLlmConfig.model_id lowestVersion': 'as its type',
};

/** How the SDK spells what a field of ours holds. */
function sdkKind(field: FieldDefinition): string {
  switch (field.kind) {
    case 'texts':
      return 'list(text)';
    case 'textOrTexts':
      return 'list(text)|text';
    case 'textOrObject':
      return 'object|text';
    case 'json':
      return 'any|text';
    case 'properties':
      return 'list(property)';
    case 'schemas':
      return 'object(property)';
    case 'choice':
      return `${field.orBoolean ? 'boolean|' : ''}choice:${[...(field.choices ?? [])].sort().join(',')}`;
    case 'object':
      if (field.record !== undefined) return `record:${field.record}`;
      if (field.values !== undefined) return `object(${field.values === 'text' ? 'text' : 'list(text)'})`;
      return 'object';
    default:
      return field.kind;
  }
}

/** The class that a field of the SDK takes components of; undefined where it takes none. */
function takenClasses(kind: string): string[] {
  return [...kind.matchAll(/component:(\w+)/g)].map((match) => match[1] as string);
}

function shapeOf(kind: string): string {
  const taken = kind.replace(/component:\w+/g, 'component').replace(/(component\|)+component/, 'component');
  if (taken === 'list(list(component))') return 'pairs';
  return taken.startsWith('list(component') ? 'components' : taken;
}

const ranked = (version: string | null | undefined) => versionRank(version ?? '25.4.1');

/** What is different about a field, in words. */
function differences(place: string, ours: FieldDefinition, theirs: SdkField, types: SdkTypes['types']): string[] {
  const wrong: string[] = [];
  const compare = (what: string, mine: unknown, sdks: unknown) => {
    if (JSON.stringify(mine) !== JSON.stringify(sdks) && exceptions[`${place} ${what}`] === undefined)
      wrong.push(`${place} ${what}: ours ${JSON.stringify(mine)}, the SDK’s ${JSON.stringify(sdks)}`);
  };
  const kind = theirs.kind.replace(/object\(choice:append[^)]*\)/, 'object');
  const classes = takenClasses(theirs.kind);
  compare('kind', sdkKind(ours), classes.length > 0 ? shapeOf(kind) : kind);
  if (classes.length > 0) {
    const accepted = Object.keys(types).filter((type) => isAccepted(type, ours));
    const taken = Object.entries(types).filter(([type, { parents }]) =>
      classes.some((wanted) => type === wanted || parents.includes(wanted)),
    );
    compare('takes', accepted.sort(), taken.map(([type]) => type).sort());
  }
  compare('required', ours.required ?? false, theirs.required);
  // The specification lets `branches` be null.
  if (!place.endsWith('.branches')) compare('nullable', ours.nullable ?? false, theirs.nullable);
  compare('sensitive', ours.sensitive ?? false, theirs.sensitive);
  compare('least', ours.least, theirs.least);
  compare('above', ours.above, theirs.above);
  const plain = typeof theirs.default !== 'string' || !theirs.default.includes(' ');
  if (ours.default !== undefined || (theirs.default !== null && plain)) {
    const isPlainComponent = JSON.stringify(theirs.default)?.includes('component_type');
    if (!isPlainComponent) compare('default', ours.default, theirs.default);
  }
  return wrong;
}

describe.skipIf(!('python' in sdk))('the table of component types', () => {
  const { types, records } = 'python' in sdk ? sdkComponentTypes(sdk.python) : { types: {}, records: {} };

  it('has the types of the SDK', () => {
    expect([...componentTypes.keys()].filter((type) => !onlyOurs.includes(type)).sort()).toEqual(
      Object.keys(types).sort(),
    );
    expect(Object.keys(recordTypes).sort()).toEqual(Object.keys(records).sort());
  });

  it.each(Object.keys(types))('says of %s what its class says', (name) => {
    const theirs = types[name] as (typeof types)[string];
    const ours = fieldsOf(name);
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs.fields).sort());
    expect(componentTypes.get(name)?.io ?? false).toBe(theirs.io);
    const lowest = componentTypes.get(name)?.lowestVersion;
    if (exceptions[`${name} lowestVersion`] === undefined) expect(ranked(lowest)).toBe(ranked(theirs.lowestVersion));
    const wrong = Object.entries(theirs.fields).flatMap(([field, info]) => {
      const mine = ours[field] as FieldDefinition;
      const found = differences(`${name}.${field}`, mine, info, types);
      // A field is as old as its type at least; one that the SDK always leaves out has no version.
      const since = Math.max(ranked(mine.lowestVersion) ?? 0, ranked(lowest) ?? 0);
      const theirSince = Math.max(ranked(info.lowestVersion) ?? 0, ranked(lowest) ?? 0);
      if (info.lowestVersion !== null && since !== theirSince)
        found.push(`${name}.${field} lowestVersion: ours ${mine.lowestVersion}, the SDK’s ${info.lowestVersion}`);
      return found;
    });
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(records))('says of the record %s what its class says', (name) => {
    const theirs = records[name] as (typeof records)[string];
    const ours = recordTypes[name];
    expect(Object.keys(ours?.fields ?? {}).sort()).toEqual(Object.keys(theirs.fields).sort());
    expect(ours?.closed ?? false).toBe(theirs.closed);
    const wrong = Object.entries(theirs.fields).flatMap(([field, info]) =>
      differences(`${name}.${field}`, ours?.fields[field] as FieldDefinition, info, types),
    );
    expect(wrong).toEqual([]);
  });
});
