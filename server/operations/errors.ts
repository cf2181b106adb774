import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { TextKey } from '@rondo/shared/words/englishTexts.ts';
import { inEnglish, inOneGo, type Said, said } from '@rondo/shared/words/said.ts';

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
  /** the message, where it can be said in any language */
  readonly said: Said | undefined;
  constructor(code: ErrorCode, message: string | Said, problems?: Problem[]) {
    super(typeof message === 'string' ? message : inEnglish(message));
    this.said = typeof message === 'string' ? undefined : message;
    this.code = code;
    this.problems = problems;
  }
}

/** What of an error may be shown outside. */
export interface ShownError {
  code: ErrorCode;
  message: string;
  said?: Said;
  problems?: Problem[];
}

/** Anything thrown, as it is shown: what is not a refusal of ours gives nothing of its inside away. */
export function shownError(error: unknown): ShownError {
  if (error instanceof OperationError)
    return {
      code: error.code,
      message: error.message,
      ...(error.said ? { said: error.said } : {}),
      ...(error.problems ? { problems: error.problems } : {}),
    };
  const words = said('refused.internal');
  return { code: 'INTERNAL', message: inEnglish(words), said: words };
}

/** A refusal that says every problem. */
export function refusedFor(problems: Problem[]): OperationError {
  const words = inOneGo(problems.flatMap(({ said: words }) => words ?? []));
  return new OperationError('INVALID', words ?? '', problems);
}

type Gone = Extract<TextKey, `gone.${string}`> extends `gone.${infer What}` ? What : never;

export function notFound(what: Gone): OperationError {
  return new OperationError('NOT_FOUND', said(`gone.${what}`));
}
