import { commonFields, componentTypes, fieldsOf } from '@rondo/shared/oas/componentTypes.ts';
import { fieldNotes, fieldWords } from '@rondo/shared/oas/fieldWords.ts';
import type { ComponentGroup, FieldDefinition } from '@rondo/shared/oas/types/definition.ts';
import { recordTypes } from '@rondo/shared/oas/types/records.ts';

const titles: Record<ComponentGroup, string> = {
  agentic: 'Flows, agents and teams',
  node: 'Steps',
  edge: 'Connections',
  tool: 'Tools',
  toolbox: 'Toolboxes',
  transport: 'Ways to MCP servers',
  auth: 'Proofs of identity',
  llm: 'Models',
  store: 'Data stores',
  connection: 'Connections to services',
  transform: 'Transforms of conversations',
  parameters: 'Parts of other components',
};

function fieldRows(fields: { [name: string]: FieldDefinition }): string[] {
  return Object.entries(fields).map(([name, field]) => {
    const start = field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
    return `| \`${name}\` | ${fieldWords(field, '`')} | ${start} | ${fieldNotes(field)} |`;
  });
}

const head = ['| field | holds | when left out | |', '| --- | --- | --- | --- |'];

/** The page that lists every component type with its fields. */
export function typePage(): string {
  const parts = Object.entries(titles).map(([group, title]) => {
    const types = [...componentTypes].filter(([, type]) => type.group === group);
    const texts = types.map(([name, type]) => {
      const own = Object.fromEntries(
        Object.entries(fieldsOf(name)).filter(([field]) => !Object.hasOwn(commonFields, field)),
      );
      const parents = type.parents.length > 0 ? ` It is a ${type.parents.map((one) => `\`${one}\``).join(', ')}.` : '';
      const table = Object.keys(own).length === 0 ? [] : ['', ...head, ...fieldRows(own)];
      return [`### ${name}`, '', `From ${type.lowestVersion}.${parents}`, ...table].join('\n');
    });
    return [`## ${title}`, ...texts].join('\n\n');
  });
  const records = Object.entries(recordTypes).map(([name, { fields }]) =>
    [`### ${name}`, '', ...head, ...fieldRows(fields)].join('\n'),
  );
  return `# Component types

Made from \`shared/oas/types/\`; do not edit. It is the table that reading, validation and inference go by, and it is compared with the classes of the reference SDK by a test. Every component has these fields:

${[...head, ...fieldRows(commonFields)].join('\n')}

A field that is secret leaves the document as a reference, and is never shown. Types and fields that are not listed here are kept as they are.

${parts.join('\n\n')}

## Objects inside components

${records.join('\n\n')}
`;
}
