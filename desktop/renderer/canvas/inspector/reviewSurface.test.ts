import { defaultSurface } from '@rondo/shared/a2ui/reviewForm.ts';
import { readSurface } from '@rondo/shared/a2ui/surface.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { expect, test } from 'vitest';
import {
  addButton,
  addField,
  changeButton,
  changeField,
  moveField,
  outlineOf,
  removeComponent,
} from './reviewSurface.ts';

const surface: Json = defaultSurface({
  inputs: [{ title: 'amount', type: 'number' }],
  outputs: [
    { title: 'decision', type: 'string' },
    { title: 'comment', type: 'string' },
  ],
});
const sound = (messages: Json[]) => expect(readSurface(messages)).toMatchObject({ ok: true });

test('the outline of a form: fields and buttons as they stand', () => {
  const outline = outlineOf(surface);
  expect(outline.fields.map(({ name, label, kind }) => [name, label, kind])).toEqual([
    ['amount', 'Amount', 'show'],
    ['comment', 'Comment', 'long'],
  ]);
  expect(outline.buttons.map(({ label, decision, primary }) => [label, decision, primary])).toEqual([
    ['Reject', 'reject', false],
    ['Approve', 'approve', true],
  ]);
});

test('fields can be added, changed, moved and taken off; the surface stays sound', () => {
  let next = addField(surface, { name: 'due', label: 'Due', kind: 'date' });
  sound(next);
  expect(outlineOf(next).fields.map((field) => field.name)).toEqual(['amount', 'comment', 'due']);
  const amount = outlineOf(next).fields[0];
  if (!amount) throw new Error('gone');
  next = changeField(next, { ...amount, label: 'Claimed', kind: 'number' });
  sound(next);
  expect(outlineOf(next).fields[0]).toMatchObject({ label: 'Claimed', kind: 'number', name: 'amount' });
  next = moveField(next, amount.id, 1);
  expect(outlineOf(next).fields.map((field) => field.name)).toEqual(['comment', 'amount', 'due']);
  next = removeComponent(next, amount.id);
  sound(next);
  expect(outlineOf(next).fields.map((field) => field.name)).toEqual(['comment', 'due']);
});

test('buttons can be added, renamed and taken off', () => {
  let next = addButton(surface, 'Send back', 'send_back');
  sound(next);
  const button = outlineOf(next).buttons.at(-1);
  if (!button) throw new Error('gone');
  next = changeButton(next, { ...button, label: 'Ask again', decision: 'again' });
  expect(outlineOf(next).buttons.at(-1)).toMatchObject({ label: 'Ask again', decision: 'again' });
  next = removeComponent(next, button.id);
  sound(next);
  expect(outlineOf(next).buttons).toHaveLength(2);
});
