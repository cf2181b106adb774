import type { Problem } from '@rondo/shared/oas/problems.ts';

/** Why an operation said no, and the HTTP status that every door answers with. */
export const statusOf = {
  INVALID: 422,
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  TOO_LARGE: 413,
  TOO_MANY: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;
export type ErrorCode = keyof typeof statusOf;

/** A refusal in plain words; doors translate its code, and show message and problems as they are. */
export class OperationError extends Error {
  readonly code: ErrorCode;
  readonly problems: Problem[] | undefined;
  constructor(code: ErrorCode, message: string, problems?: Problem[]) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** What of an error may be shown outside. */
export interface ShownError {
  code: ErrorCode;
  message: string;
  problems?: Problem[];
}

/** Anything thrown, as it is shown: what is not a refusal of ours gives nothing of its inside away. */
export function shownError(error: unknown): ShownError {
  if (error instanceof OperationError)
    return { code: error.code, message: error.message, ...(error.problems ? { problems: error.problems } : {}) };
  return { code: 'INTERNAL', message: 'Something went wrong on the server. Its log says more.' };
}

export function notFound(what: string): OperationError {
  return new OperationError('NOT_FOUND', `There is no such ${what} (any more).`);
}
