import type { z } from 'zod';
import type { Permission } from '../../access/permissions.ts';

/**
 * What an operation is called, who may call it, what goes in and what comes out: all that a door or a client needs to
 * know. What it does is in the file of its noun (`defineOperation`).
 */
export interface Contract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** `<noun>.<verb>`: the path in tRPC, `/api/<noun>/<verb>` in HTTP */
  name: string;
  /** a read changes nothing, and is a GET */
  kind: 'read' | 'write';
  /** the permission that the caller needs; `public` needs none (denied unless named) */
  access: Permission | 'public';
  input: I;
  output: O;
  /** one line for the OpenAPI document */
  words: string;
  /** the input that takes the header `Idempotency-Key` over HTTP */
  keyHeader?: string;
  /** the largest body in bytes, where it differs from 1 MiB */
  bodyLimit?: number;
}

/** States a contract; the types of input and output are kept. */
export function contract<I extends z.ZodType, O extends z.ZodType>(of: Contract<I, O>): Contract<I, O> {
  return of;
}

/** 1 MiB: the largest body of a call that says nothing else. */
export const bodyLimit = 1024 * 1024;
/** 10 MiB: the largest body of a call that carries a document. */
export const documentLimit = 10 * 1024 * 1024;
