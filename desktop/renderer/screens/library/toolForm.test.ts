import { expect, test } from 'vitest';
import { componentOf, emptyToolForm, formOf, isBody, type ToolForm } from './toolForm.ts';

const inputs = [{ title: 'amount', type: 'number' }];
const base: ToolForm = { ...emptyToolForm, name: 'double', description: 'Doubles it', inputs };

test.each<[string, ToolForm]>([
  ['formula', { ...base, kind: 'formula', code: 'amount * 2' }],
  ['script', { ...base, kind: 'script', code: 'return amount * 2;', confirm: true }],
  ['flow', { ...base, kind: 'flow', flow: 'doubles' }],
  [
    'web',
    {
      ...base,
      kind: 'web',
      url: 'https://a.example/double',
      method: 'POST',
      body: '{\n  "n": "{{ amount }}"\n}',
      secretHeader: 'x-key',
      secretName: 'service-key',
    },
  ],
])('a %s comes back from its tool as it was filled in', (_, form) => {
  const component = componentOf(form, null);
  expect(formOf(form.kind, component)).toEqual(form);
  expect(componentOf(formOf(form.kind, component), component)).toEqual(component);
});

test('what the form does not show stays while the kind stays', () => {
  const web = { ...base, kind: 'web' as const, url: 'https://a.example' };
  const stored = { ...componentOf(web, null), id: 't1', url_allow_list: ['https://a.example'], headers: { a: 'b' } };
  expect(componentOf(web, stored)).toMatchObject({
    id: 't1',
    url_allow_list: ['https://a.example'],
    headers: { a: 'b' },
  });
  expect(componentOf({ ...base, code: '1' }, stored)).not.toHaveProperty('url_allow_list');
});

test('a body is a JSON object or nothing', () => {
  expect(['', '  ', '{}', '{"a": 1}'].map(isBody)).toEqual([true, true, true, true]);
  expect(['[]', 'a', '{"a"'].map(isBody)).toEqual([false, false, false]);
});
