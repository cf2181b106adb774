import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor } from '@rondo/shared/runs/events.ts';
import { v7 as uuid } from 'uuid';
import type { Caller } from '../access/caller.ts';
import type { Prisma } from '../store/generated/client.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { Rate } from '../triggers/rate.ts';
import { startInside } from '../work/startInside.ts';
import { contracts as c } from './contract/index.ts';
import { defineJournaled, defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { newToken } from './identity.ts';
import { checkedInputs, startInputs } from './runInputs.ts';
import type { Services } from './services.ts';

/** Calls from one address within a minute. */
const mostLooks = 120;
const mostSubmits = 30;
const looks = new Rate();
const submits = new Rate();

function linkOf(services: Services, token: string): string {
  return `${services.url}/start/${token}`;
}

export const startFormList = defineRead(c.startForm.list, async ({ prisma, services }, input) => {
  const rows = await prisma.startForm.findMany({
    where: { flowId: input.flowId },
    orderBy: { createdAt: 'desc' },
    take: 200,
  });
  return {
    forms: rows.map((row) => ({
      id: row.id,
      title: row.title,
      intro: row.intro,
      link: linkOf(services, row.token),
      signIn: row.signIn,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      used: row.used,
      createdAt: row.createdAt.toISOString(),
    })),
  };
});

export const startFormCreate = defineWrite(
  c.startForm.create,
  (input, output) => ({
    kind: 'start form',
    id: output?.formId ?? '',
    name: input.title,
    details: { flowId: input.flowId, signIn: input.signIn, expiresAt: input.expiresAt },
  }),
  async ({ tx, caller, services }, input) => {
    const flow = await tx.flow.findUnique({ where: { id: input.flowId }, select: { id: true, publishedNumber: true } });
    if (!flow) throw notFound('flow');
    if (flow.publishedNumber === null)
      throw new OperationError('CONFLICT', 'Publish the flow first: a start form runs its published version.');
    const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
    if (expiresAt && expiresAt <= services.now())
      throw new OperationError('INVALID', 'The link would have expired already: choose a later time.');
    const id = uuid();
    const { token } = newToken();
    const { title, intro, signIn } = input;
    await tx.startForm.create({
      data: { id, flowId: flow.id, title, intro, token, signIn, expiresAt, createdBy: caller.actor.id },
    });
    return { formId: id, link: linkOf(services, token) };
  },
);

export const startFormRevoke = defineWrite(
  c.startForm.revoke,
  (input) => ({ kind: 'start form', id: input.formId }),
  async ({ tx, services, audited }, input) => {
    const row = await tx.startForm.findUnique({ where: { id: input.formId } });
    if (!row) throw notFound('start form');
    audited({ name: row.title, details: { flowId: row.flowId } });
    if (row.revokedAt === null)
      await tx.startForm.update({ where: { id: row.id }, data: { revokedAt: services.now() } });
    return {};
  },
);

type FormRow = Prisma.StartFormGetPayload<object>;

/** The form behind a link, for whoever may use it. @throws {OperationError} NOT_FOUND, GONE, UNAUTHENTICATED */
async function openForm(services: Services, caller: Caller, token: string): Promise<FormRow> {
  const row = await services.prisma.startForm.findUnique({ where: { token } });
  if (!row) throw new OperationError('NOT_FOUND', 'There is no such form. Check the link.');
  if (row.revokedAt) throw new OperationError('GONE', 'This link was taken back. Ask whoever sent it for a new one.');
  if (row.expiresAt && row.expiresAt <= services.now())
    throw new OperationError('GONE', 'This link has expired. Ask whoever sent it for a new one.');
  if (row.signIn && !caller.user) throw new OperationError('UNAUTHENTICATED', 'Sign in to use this form.');
  return row;
}

async function publishedOf(services: Services, form: FormRow) {
  const published = await services.documents.published(form.flowId);
  if (!published) throw new OperationError('GONE', 'What this form starts is not offered at the moment.');
  return published;
}

function refuseTooMany(rate: Rate, caller: Caller, most: number): void {
  const { calls, secondsLeft } = rate.count(caller.ip ?? 'unknown');
  if (calls > most)
    throw new OperationError('TOO_MANY', `Too many calls from your address. Try again in ${secondsLeft} seconds.`);
}

export const startFormLook = defineRead(c.startForm.look, async ({ caller, services }, input) => {
  refuseTooMany(looks, caller, mostLooks);
  const form = await openForm(services, caller, input.token);
  const { document } = await publishedOf(services, form);
  const inputs = startInputs(document).map((property): JsonObject => ({ ...property }));
  return { title: form.title, intro: form.intro, signIn: form.signIn, inputs };
});

/** The record of it is the run's first event, which names the form, or the person who is signed in. */
export const startFormSubmit = defineJournaled(
  c.startForm.submit,
  () => ({ kind: 'start form', id: '' }),
  async ({ caller, services }, input) => {
    refuseTooMany(submits, caller, mostSubmits);
    const form = await openForm(services, caller, input.token);
    const { document, flowId, flowName, versionNumber, documentHash } = await publishedOf(services, form);
    const inputs = checkedInputs(document, input.inputs);
    const itself: Actor = { kind: 'system', id: `form ${form.id}`, name: `Form “${form.title}”` };
    const actor = form.signIn && caller.user ? caller.actor : itself;
    const run = await inTransaction(services.store.pool, async (client) => {
      const started = await startInside(client, {
        flowId,
        flowName,
        versionNumber,
        documentHash,
        document,
        actor,
        trigger: 'form',
        inputs,
        startKey: `form ${form.id} ${input.key}`,
        originId: form.id,
      });
      if (started.created) {
        // Taken back or expired since it was looked at: then the run goes with it.
        const { rowCount } = await client.query(
          `UPDATE start_form SET used = used + 1
           WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
          [form.id],
        );
        if (rowCount === 0) throw new OperationError('GONE', 'This link was taken back, or has expired.');
      }
      const { rows } = await client.query<{ number: string }>('SELECT number FROM run WHERE id = $1', [started.runId]);
      return { ...started, reference: rows[0]?.number ?? '' };
    });
    if (run.created) {
      services.live.tell({ kind: 'run', id: run.runId, flowId, state: 'queued' });
      await services.runs.wake(run.runId);
    }
    return { reference: String(run.reference), created: run.created };
  },
);
