import { isMap, isSeq, parseDocument, visit } from 'yaml';
import { fieldsOf } from '../componentTypes.ts';
import { readJsonText } from '../jsonText.ts';
import { jsonOf, keyText, type Spelled, type SpelledMember, spelledJson } from './spelled.ts';
import { type TextFormat, yamlReading, yamlWriting } from './text.ts';

/**
 * A text in its canonical layout: two spaces, and the keys of every component in the order of the table of component
 * types, then those that it does not know, in theirs. Values, lists, comments, and the spelling of numbers (in JSON
 * of texts, too) stay.
 * @throws {SyntaxError} when the text cannot be read
 */
export function formattedText(text: string, format: TextFormat): string {
  if (format === 'yaml') return formattedYaml(text);
  const read = readJsonText(text);
  if (!read.ok) throw new SyntaxError(read.problems[0]?.message);
  return jsonOf(ordered(spelledJson(read.json.root, read.json.body)));
}

/** Items of a component in the order of their keys: known ones, others, and last what every document may have. */
function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string, type: string): T[] {
  const known = ['component_type', ...Object.keys(fieldsOf(type))];
  const last = ['$referenced_components', 'agentspec_version', 'air_version'];
  const places = new Map([
    ...known.map((key, i) => [key, i] as const),
    ...last.map((key, i) => [key, known.length + 1 + i] as const),
  ]);
  const place = (item: T): number => places.get(keyOf(item)) ?? known.length;
  return items.toSorted((a, b) => place(a) - place(b));
}

function ordered(spelled: Spelled): Spelled {
  if (spelled.kind === 'value') return spelled;
  if (spelled.kind === 'list') return { kind: 'list', items: spelled.items.map(ordered) };
  const members = spelled.members.map((member): SpelledMember => {
    // Notes are somebody else's.
    return member.key === 'metadata' ? member : { ...member, value: ordered(member.value) };
  });
  const type = typeIn(members);
  return { kind: 'object', members: type === undefined ? members : sortedBy(members, ({ key }) => key, type) };
}

function typeIn(members: readonly SpelledMember[]): string | undefined {
  const value = members.find(({ key }) => key === 'component_type')?.value;
  return value?.kind === 'value' && typeof value.value === 'string' ? value.value : undefined;
}

function formattedYaml(text: string): string {
  const document = parseDocument(text, { ...yamlReading, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxError(error.message);
  // An anchor must stand before what refers to it: where there are any, the order is left alone.
  let hasAlias = false;
  visit(document, {
    Alias: () => {
      hasAlias = true;
      return visit.BREAK;
    },
  });
  if (!hasAlias) orderYaml(document.contents);
  return document.toString(yamlWriting);
}

function orderYaml(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) orderYaml(item);
  if (!isMap(node)) return;
  for (const pair of node.items) if (keyText(pair) !== 'metadata') orderYaml(pair.value);
  const type = node.get('component_type');
  if (typeof type === 'string') node.items = sortedBy(node.items, keyText, type);
}
