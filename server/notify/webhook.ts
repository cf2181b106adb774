import { said } from '@rondo/shared/words/said.ts';
import { Webhook } from 'standardwebhooks';
import { type HttpPort, StepError } from '../engine/ports.ts';
import { NotTaken, type WebhookTarget } from './outlets.ts';
import { linkOf, type Message } from './words.ts';

const timeoutSeconds = 15;

/** What a receiver reads. */
function bodyOf(message: Message, url: string): string {
  return JSON.stringify({
    type: `rondo.${message.kind}`,
    timestamp: message.lastAt.toISOString(),
    data: {
      id: message.id,
      kind: message.kind,
      title: message.title,
      flowId: message.flowId,
      count: message.count,
      firstAt: message.firstAt.toISOString(),
      lastAt: message.lastAt.toISOString(),
      newest: message.newest.map(({ runId, words, at }) => ({
        runId,
        words,
        at,
        url: linkOf(url, { runId }, message.kind),
      })),
    },
  });
}

/**
 * Posts a message, signed by Standard Webhooks, through the guarded client.
 * @param id `webhook-id`: the same when it is tried again
 * @throws {NotTaken}
 */
export async function postMessage(
  http: HttpPort,
  url: string,
  target: WebhookTarget,
  message: Message,
  id: string,
): Promise<void> {
  const body = bodyOf(message, url);
  const at = new Date();
  const signature = new Webhook(target.secret).sign(id, at, body);
  const status = await answerOf(http, target.url, body, {
    'content-type': 'application/json',
    'user-agent': 'Rondo',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  });
  if (status >= 200 && status < 300) return;
  if (status === 410) throw new NotTaken(said('sending.addressGone'), true);
  throw new NotTaken(said('sending.status', { status }));
}

async function answerOf(http: HttpPort, url: string, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const answer = await http.call(
      { method: 'POST', url, headers, query: {}, body: { kind: 'text', value: body }, allowList: null, timeoutSeconds },
      { idempotencyKey: headers['webhook-id'] ?? '', signal: new AbortController().signal },
    );
    return answer.status;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    throw new NotTaken(error.said, !error.retryable);
  }
}
