import type {
  DraftService,
  DraftState,
  EditAccepted,
  SteppedBack,
} from '@rondo/desktop/renderer/canvas/draftService.ts';
import { RefusedError } from '@rondo/desktop/renderer/canvas/draftService.ts';
import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { Random } from '@rondo/shared/testing/random.ts';
import { callOperation } from '../harness/client.ts';

export interface FlakyDraft extends DraftService {
  /** how often a request was lost before it came to the server, and an answer after */
  lost: { before: number; after: number };
  /** the part of the calls that get lost */
  loss: number;
  /** ids of the gestures that were acknowledged here */
  acknowledged: Set<string>;
}

/** The draft of a flow on a real server, over HTTP, by a connection that loses requests and answers. */
export function flakyDraft(url: string, cookie: string, flowId: string, random: Random): FlakyDraft {
  const draft: FlakyDraft = {
    lost: { before: 0, after: 0 },
    loss: 0.04,
    acknowledged: new Set(),
    get: () => call<DraftState>('GET', 'flow.get', {}),
    async edit(baseSeq, { id, label, commands }) {
      const answer = await call<EditAccepted>('POST', 'flow.edit', { baseSeq, label, commands, gesture: id });
      draft.acknowledged.add(id);
      return answer;
    },
    undo: (baseSeq, gesture) => call<SteppedBack>('POST', 'flow.undo', { baseSeq, gesture }),
    redo: (baseSeq, gesture) => call<SteppedBack>('POST', 'flow.redo', { baseSeq, gesture }),
    async since(after, upTo) {
      const input = { after, before: upTo + 1, limit: 5000, commands: true };
      return (await call<{ edits: { inverse: EditCommand[] }[] }>('GET', 'flow.history', input)).edits;
    },
  };
  return draft;

  async function call<T>(method: 'GET' | 'POST', name: string, input: Record<string, unknown>): Promise<T> {
    if (random.chance(draft.loss)) {
      draft.lost.before++;
      throw new TypeError('the request was lost');
    }
    const { status, body } = await callOperation(url, cookie, method, name, { flowId, ...input });
    if (random.chance(draft.loss)) {
      draft.lost.after++;
      throw new TypeError('the answer was lost');
    }
    if (status < 300) return body as T;
    const { code, message } = (body.error ?? body) as { code?: string; message?: string };
    throw new RefusedError(code ?? String(status), message ?? '');
  }
}
