import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunError } from '@rondo/shared/runs/events.ts';
import { runStates } from '@rondo/shared/runs/states.ts';
import { languages } from '@rondo/shared/words/inLanguage.ts';
import type { Said } from '@rondo/shared/words/said.ts';
import { z } from 'zod';
import { roles } from '../../access/permissions.ts';
import { must } from './inputWords.ts';

/** Pieces that several contracts share. Ids are UUIDs, times ISO 8601 in UTC. */
export const id = z.uuid();
export const time = z.iso.datetime();
export const role = z.enum(roles);
export const nothing = z.object({});
/** Any JSON value. */
export const json = z.unknown() as z.ZodType<Json, Json>;
export const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject, JsonObject>;
/** A name that people give: trimmed, not empty, at most 200 characters. */
export const name = z.string().trim().min(1, must('input.name')).max(200, must('input.nameLong'));
export const runState = z.enum(runStates);
/** What a list is cut at, and where the next piece begins. */
export const cursor = z.string().max(1000).optional();
export const nextCursor = z.string().nullable();

export const problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  pointer: z.string(),
  componentId: z.string().optional(),
  message: z.string(),
});

/** The message beside it, to be said in any language. */
export const said = (
  z.object({ text: z.string(), values: z.record(z.string(), z.unknown()).optional() }) as unknown as z.ZodType<
    Said,
    Said
  >
).optional();

const errorFields = {
  code: z.string(),
  message: z.string(),
  said,
  step: z.string().nullable(),
  retryable: z.boolean().optional(),
  details: z.unknown().optional(),
};

export const runError = z.object(errorFields) as unknown as z.ZodType<RunError, RunError>;

/** With how it came to it, for those who may see the values of runs. */
export const runFailure = z.object({
  ...errorFields,
  context: z
    .object({
      /** of the step that failed */
      name: z.string(),
      nodeType: z.string(),
      /** what it was given; what is large is cut */
      inputs: z.record(z.string(), z.unknown()),
      /** its tries that failed, the last one included */
      tries: z.array(z.object({ attempt: z.number(), at: z.string(), code: z.string(), message: z.string() })),
    })
    .optional(),
}) as unknown as z.ZodType<RunError, RunError>;

const text = z.string().max(1000);
const pointer = z.string().max(4000);

/** One command of a gesture, as `applyCommands` takes it. */
export const editCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add'), flow: text, node: jsonObject, index: z.int().min(0).optional() }),
  z.object({ type: z.literal('remove'), flow: text, node: text }),
  z.object({ type: z.literal('connect'), flow: text, edge: jsonObject, index: z.int().min(0).optional() }),
  z.object({ type: z.literal('disconnect'), flow: text, edge: text }),
  z.object({
    type: z.literal('set'),
    component: text,
    pointer,
    value: z.unknown().optional(),
    before: text.optional(),
  }),
  z.object({ type: z.literal('rename'), component: text, name: z.string().max(200) }),
  z.object({ type: z.literal('move'), node: text, x: z.number(), y: z.number() }),
]) as unknown as z.ZodType<EditCommand, EditCommand>;

export const slug = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, must('input.slug'));

/** The language in which what comes with the product is written; default English. */
export const language = z.enum(languages).optional();
