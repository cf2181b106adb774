import { z } from 'zod';
import { contract } from './contract.ts';
import { cursor, id, jsonObject, nextCursor, nothing, time } from './values.ts';

export const toolKinds = ['formula', 'script', 'flow', 'web'] as const;

const toolSummary = z.object({
  id,
  /** what steps call it by */
  name: z.string(),
  description: z.string(),
  kind: z.enum(toolKinds),
  /** JSON Schemas with titles */
  inputs: z.array(jsonObject),
  outputs: z.array(jsonObject),
  /** flows that call it, counted up to 100 */
  uses: z.number(),
  updatedAt: time,
});

export const toolList = contract({
  name: 'tool.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The tools of the workspace by name, piece by piece: what a ServerTool of that name does here.',
  input: z.object({
    search: z.string().max(200).optional(),
    kind: z.enum(toolKinds).optional(),
    /** those that some flow calls, or no flow */
    used: z.enum(['yes', 'no']).optional(),
    /** those that this flow calls */
    flowId: id.optional(),
    cursor,
    limit: z.int().min(1).max(500).optional(),
  }),
  output: z.object({ tools: z.array(toolSummary), nextCursor }),
});
export const toolGet = contract({
  name: 'tool.get',
  kind: 'read',
  access: 'tool.edit',
  words: 'A tool of the workspace as the Open Agent Spec tool that does its work.',
  input: z.object({ toolId: id }),
  output: z.object({ id, kind: z.enum(toolKinds), component: jsonObject }),
});
export const toolSave = contract({
  name: 'tool.save',
  kind: 'write',
  access: 'tool.edit',
  words:
    'Makes a tool of the workspace, or changes one: a BuiltinTool (rondo.formula, rondo.script, rondo.run_flow) or a RemoteTool whose sensitive headers name secrets. It counts for steps that begin from then on.',
  input: z.object({
    /** absent = a new one */
    toolId: id.optional(),
    component: jsonObject,
  }),
  output: z.object({ toolId: id }),
});
export const toolRemove = contract({
  name: 'tool.remove',
  kind: 'write',
  access: 'tool.edit',
  words: 'Removes a tool of the workspace; steps that call it fail from then on.',
  input: z.object({ toolId: id }),
  output: nothing,
});
