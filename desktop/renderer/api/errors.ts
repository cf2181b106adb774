import type { Problem } from '@rondo/shared/oas/problems.ts';
import { TRPCClientError } from '@trpc/client';

/** A refused call: a stable code, plain words, and the places that are wrong. */
export class ApiError extends Error {
  readonly code: string;
  readonly problems: Problem[];
  constructor(code: string, message: string, problems: Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** Any failure of a call as an ApiError; `OFFLINE` when there was no answer. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    const rondo = typeof data === 'object' && data !== null && 'rondo' in data ? data.rondo : undefined;
    if (typeof rondo === 'object' && rondo !== null && 'code' in rondo && 'message' in rondo) {
      const problems = 'problems' in rondo && Array.isArray(rondo.problems) ? (rondo.problems as Problem[]) : [];
      return new ApiError(String(rondo.code), String(rondo.message), problems);
    }
    return new ApiError('OFFLINE', 'The server does not answer. Check the connection and try again.');
  }
  return new ApiError('UNKNOWN', error instanceof Error ? error.message : String(error));
}
