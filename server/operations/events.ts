import type { Json } from '@rondo/shared/oas/json.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import { v5 as namedUuid, v7 as uuid } from 'uuid';
import type { SecretStore } from '../secrets/secretStore.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { equal } from '../triggers/signatures.ts';
import { callbackEvent, type SentEvent, sendEvent, sendEventInside } from '../work/events.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { goOnWith } from './queuedRun.ts';
import { isId } from './runStart.ts';
import type { Services } from './services.ts';

/** What ids of events are made in that are no UUIDs; a constant of ours. */
const eventIds = '6f0c4f0e-27c4-4d0e-9d55-6f1f1f7b8a10';

/** The id of an event by its sender's own id; the same one always gives the same. */
function eventIdOf(name: string, key: string, given: string | undefined): string {
  return given === undefined ? uuid() : namedUuid(JSON.stringify([name, key, given]), eventIds);
}

export const eventSend = defineWrite(
  c.event.send,
  (input, output) => ({
    kind: 'event',
    id: output?.eventId ?? '',
    name: input.name,
    details: { key: input.key, runs: output?.runs.length },
  }),
  async ({ tx, caller, services, afterCommit }, input) => {
    const { name, key, payload, keepSeconds } = input;
    const id = eventIdOf(name, key, input.id);
    const event = {
      id,
      name,
      key,
      payload,
      actor: caller.actor,
      ...(keepSeconds === undefined ? {} : { keepSeconds }),
    };
    const sent = await sendEvent(tx, event);
    afterCommit(() => wakeAll(services, sent));
    return { eventId: id, created: sent.created, runs: sent.wake };
  },
);

async function wakeAll(services: Services, sent: SentEvent): Promise<void> {
  for (const runId of sent.wake) await goOnWith(services, runId);
}

/** The address at which the outside answers a run's own wait: whoever has it may send that one event. */
export function callbackUrl(secrets: SecretStore, url: string, runId: string, name: string): string {
  return `${url}/hooks/run/${runId}/${encodeURIComponent(name)}/${callbackSignature(secrets, runId, name)}`;
}

function callbackSignature(secrets: SecretStore, runId: string, name: string): string {
  return secrets.sign('callback', JSON.stringify([runId, name]));
}

/**
 * A call of a run's own address: sends its event. The signature in the address is the permission, and the event and the
 * run's journal are the record.
 *
 * @param call `id`: the sender's own id for it; the same one sent twice is one event
 * @throws {OperationError} NOT_FOUND for an address that nobody was given, GONE when the run has ended
 */
export async function receiveCallback(
  services: Services,
  call: { runId: string; name: string; signature: string; payload: Json; id: string | undefined },
): Promise<{ received: true; created: boolean }> {
  const { runId, name, payload } = call;
  if (!isId(runId) || !equal(call.signature, callbackSignature(services.secrets, runId, name)))
    throw notFound('address');
  const sent = await inTransaction(services.store.pool, async (client) => {
    const { rows } = await client.query<{ state: RunState }>('SELECT state FROM run WHERE id = $1', [runId]);
    const state = rows[0]?.state;
    if (state === undefined || isTerminal(state))
      throw new OperationError('GONE', 'The run that this address belongs to has ended.');
    const event = callbackEvent(runId, name);
    const actor = { kind: 'system', id: `callback ${name}`, name: `Call of the address “${name}”` } as const;
    const id = eventIdOf(event, '', call.id);
    return sendEventInside(client, { id, name: event, key: '', payload, actor });
  });
  await wakeAll(services, sent);
  return { received: true, created: sent.created };
}
