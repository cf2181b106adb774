import { componentTypes } from '@rondo/shared/oas/componentTypes.ts';
import { recordTypes } from '@rondo/shared/oas/types/records.ts';
import { expect, it } from 'vitest';
import { english } from '../../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../../messages/useT.ts';
import { fieldHelp } from './fieldLabels.ts';
import { formFields, shownFields } from './fieldPlaces.ts';

const t = makeWords('en', english);

/** Steps have forms of their own. */
const isStep = (type: string) => type === 'Flow' || /(Node|Edge)$/.test(type);

it('names each field that a form of a component shows, and tells something about it', () => {
  const fields = [
    ...[...componentTypes.keys()].filter((type) => !isStep(type)).map((type) => formFields({ component_type: type })),
    ...Object.values(recordTypes).map((record) => shownFields(record.fields)),
  ].flatMap((list) => list.map(([name]) => name));
  expect(fields.length).toBeGreaterThan(200);
  expect([...new Set(fields)].filter((name) => !fieldHelp(name, t))).toEqual([]);
  expect([...new Set(fields)].filter((name) => !Object.hasOwn(english, `component.field.${name}`))).toEqual([]);
});
