import { type JsonObject, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { propertiesOf } from '@rondo/shared/oas/properties.ts';
import { referenceOf } from '@rondo/shared/oas/references.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import type { toolKinds } from './contract/tool.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { refuseErrors } from './documents.ts';
import { notFound, OperationError } from './errors.ts';
import { likePattern } from './likePattern.ts';
import { nameCursor, readNameCursor } from './nameCursor.ts';
import { usedConditions, usesSql } from './usage.ts';
import { usesOf } from './usesOf.ts';

type ToolKind = (typeof toolKinds)[number];

const scope = { scopeKind: 'workspace', scopeId: 'workspace' } as const;
const kindOfBuiltin: { [type: string]: ToolKind } = {
  'rondo.formula': 'formula',
  'rondo.script': 'script',
  'rondo.run_flow': 'flow',
};

const most = 500;

interface ToolRow {
  id: string;
  name: string;
  description: string;
  kind: ToolKind;
  component: string;
  uses: number;
  updated_at: Date;
}

export const toolList = defineRead(
  c.tool.list,
  async ({ services }, { search, kind, cursor, limit = most, ...use }) => {
    const { pool } = services.store;
    const values: unknown[] = [];
    const add = (value: unknown) => `$${values.push(value)}`;
    const parts = [
      `t.scope_kind = 'workspace' AND t.scope_id = 'workspace'`,
      ...usedConditions('tool', 't.name', use, add),
    ];
    const text = search?.trim();
    // One expression, so that its index serves it.
    if (text) parts.push(`(t.name || ' ' || t.description) ILIKE ${add(likePattern(text))}`);
    if (kind) parts.push(`t.kind = ${add(kind)}`);
    const after = readNameCursor(cursor);
    if (after !== undefined) parts.push(`t.name > ${add(after)}`);
    const { rows } = await pool.query<ToolRow>(
      `SELECT page.*, ${usesSql('tool', 'page.name')} AS uses FROM (
         SELECT t.id, t.name, t.description, t.kind, t.component, t.updated_at FROM tool t WHERE ${parts.join(' AND ')}
         ORDER BY t.name LIMIT ${add(limit + 1)}
       ) AS page ORDER BY name`,
      values,
    );
    const shown = rows.slice(0, limit);
    return {
      tools: shown.map(({ component, updated_at, ...row }) => {
        const tree = JSON.parse(component) as JsonObject;
        return {
          ...row,
          inputs: propertiesOf(own(tree, 'inputs')),
          outputs: propertiesOf(own(tree, 'outputs')),
          updatedAt: updated_at.toISOString(),
        };
      }),
      nextCursor: rows.length > limit ? nameCursor(shown.at(-1)?.name ?? '') : null,
    };
  },
);

export const toolGet = defineRead(c.tool.get, async ({ prisma }, { toolId }) => {
  const row = await prisma.tool.findFirst({ where: { id: toolId, ...scope } });
  if (!row) throw notFound('tool');
  return { id: row.id, kind: row.kind as ToolKind, component: JSON.parse(row.component) as JsonObject };
});

export const toolSave = defineWrite(
  c.tool.save,
  ({ component, toolId }, output) => ({
    kind: 'tool',
    id: output?.toolId ?? toolId ?? '',
    name: ownText(component, 'name') ?? '',
    // Its code and addresses are no business of the audit; that they were changed is.
    details: { changed: toolId !== undefined },
  }),
  async ({ tx, caller, audited }, { toolId, component }) => {
    const id = toolId ?? uuid();
    const kind = checked(component);
    const name = (ownText(component, 'name') ?? '').trim();
    await refuseTakenName(tx, name, id);
    audited({ details: { changed: toolId !== undefined, kind } });
    const description = ownText(component, 'description') ?? '';
    const data = { name, description, kind, component: JSON.stringify({ ...component, id, name }) };
    await keepUses(tx, id, component);
    if (toolId === undefined) {
      await tx.tool.create({ data: { id, ...data, ...scope, createdBy: caller.user?.id ?? caller.actor.id } });
      return { toolId: id };
    }
    const { count } = await tx.tool.updateMany({ where: { id, ...scope }, data });
    if (count === 0) throw notFound('tool');
    return { toolId: id };
  },
);

export const toolRemove = defineWrite(
  c.tool.remove,
  ({ toolId }) => ({ kind: 'tool', id: toolId }),
  async ({ tx, audited }, { toolId }) => {
    const old = await tx.tool.findFirst({ where: { id: toolId, ...scope } });
    if (!old) throw notFound('tool');
    audited({ name: old.name });
    await tx.tool.delete({ where: { id: toolId } });
    await tx.usage.deleteMany({ where: { userId: toolId } });
    return {};
  },
);

/** What a tool itself uses (secrets) is known from its change on. */
async function keepUses(tx: Transaction, toolId: string, component: JsonObject): Promise<void> {
  await tx.usage.deleteMany({ where: { userId: toolId } });
  await tx.usage.createMany({ data: usesOf(component).map((use) => ({ ...use, place: 'tool', userId: toolId })) });
}

async function refuseTakenName(tx: Transaction, name: string, id: string): Promise<void> {
  if (!/^[^\s{}'"`,]{1,100}$/.test(name)) throw new OperationError('INVALID', said('refused.toolName'));
  const taken = await tx.tool.findFirst({ where: { name, ...scope, NOT: { id } }, select: { id: true } });
  if (taken) throw new OperationError('CONFLICT', said('refused.toolTaken', { name }));
}

/** @throws {OperationError} INVALID for what is no tool that can stand for others, or holds a secret in clear */
function checked(component: JsonObject): ToolKind {
  const type = ownText(component, 'component_type');
  const kind = type === 'RemoteTool' ? 'web' : kindOfBuiltin[ownText(component, 'tool_type') ?? ''];
  if (kind === undefined || (kind !== 'web' && type !== 'BuiltinTool'))
    throw new OperationError('INVALID', said('refused.toolKind'));
  const problems = validate(component);
  refuseErrors(problems, said('refused.tool'));
  // A step that was just drawn may still lack what it runs; a tool that others call may not.
  const empty = problems.find(({ code }) => code === 'OAS-BUILTIN-EMPTY');
  if (empty) throw new OperationError('INVALID', empty.message, problems);
  const headers = ownObject(component, 'sensitive_headers') ?? {};
  const open = Object.entries(headers).find(([, value]) => referenceOf(value) === undefined);
  if (open) throw new OperationError('INVALID', said('refused.headerInClear', { header: String(open[0]) }));
  return kind;
}
