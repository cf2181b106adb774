import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { Said } from '@rondo/shared/words/said.ts';
import { TRPCClientError } from '@trpc/client';
import { loadTexts, spokenWords } from '../messages/language.ts';
import { saidWords } from '../messages/saidWords.ts';

/** A refused call: a stable code, plain words in the viewer's language, and the places that are wrong. */
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
    return refusalOf(rondo) ?? offline();
  }
  return new ApiError('UNKNOWN', error instanceof Error ? error.message : String(error));
}

/** The same, once the texts are there that the server's words are said with. */
export async function spokenError(error: unknown): Promise<ApiError> {
  // a server that answered can be asked for them; English is better than no answer
  if (error instanceof TRPCClientError && error.data) await loadTexts(['said']).catch(() => undefined);
  return toApiError(error);
}

/** What a server answers that says no, with its words in the viewer's language; undefined for anything else. */
export function refusalOf(shown: unknown): ApiError | undefined {
  if (typeof shown !== 'object' || shown === null || !('code' in shown) || !('message' in shown)) return undefined;
  const problems = 'problems' in shown && Array.isArray(shown.problems) ? (shown.problems as Problem[]) : [];
  const words = 'said' in shown ? saidWords(shown.said as Said, spokenWords()) : undefined;
  return new ApiError(String(shown.code), words ?? String(shown.message), problems);
}

/** There was no answer. */
export function offline(): ApiError {
  return new ApiError('OFFLINE', spokenWords()('parts.error.offline.words'));
}
