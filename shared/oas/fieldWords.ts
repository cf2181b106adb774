import type { FieldDefinition } from './types/definition.ts';

const kinds: Record<FieldDefinition['kind'], string> = {
  text: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  texts: 'texts',
  object: 'object',
  textOrTexts: 'text or texts',
  textOrObject: 'text or object',
  json: 'any JSON',
  properties: 'JSON Schemas with titles',
  schemas: 'JSON Schemas by name',
  component: 'one of',
  components: 'a list of',
  pairs: 'pairs of',
  choice: 'one of',
};

/** What a field holds, in words: its kind, what may stand there (names between `mark`), its bounds. */
export function fieldWords(field: FieldDefinition, mark = ''): string {
  const { kind, choices, of, record, least, above, nullable, orBoolean } = field;
  const names = (choices ?? of ?? []).map((name) => `${mark}${name}${mark}`).join(', ');
  return [
    record === undefined ? kinds[kind] : `${mark}${record}${mark}`,
    ...(names === '' ? [] : [names]),
    ...(orBoolean ? ['or true, false'] : []),
    ...(least === undefined ? [] : [`from ${least}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(nullable ? ['or null'] : []),
  ].join(' ');
}

/** What else is to be said of a field: whether it must be there, is secret, and since which version it is there. */
export function fieldNotes(field: FieldDefinition): string {
  return [
    ...(field.required ? ['required'] : []),
    ...(field.sensitive ? ['secret'] : []),
    ...(field.lowestVersion === undefined ? [] : [`from ${field.lowestVersion}`]),
  ].join(', ');
}
