import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor } from '@rondo/shared/runs/events.ts';
import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import { inTransaction } from '../store/inTransaction.ts';
import { Rate } from '../triggers/rate.ts';
import { startInside } from '../work/startInside.ts';
import { addressOf, limitCalls, refuseTooMany } from './callLimit.ts';
import { contracts as c } from './contract/index.ts';
import { defineJournaled, defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { newToken } from './identity.ts';
import { openForm, type StartFormRow } from './openForm.ts';
import { goOnWith } from './queuedRun.ts';
import { checkedInputs, startInputs } from './runInputs.ts';
import type { Services } from './services.ts';

/** Calls from one address within a minute. */
const mostLooks = 120;
const mostSubmits = 30;
/** Looks are counted in this process alone: nothing changes on GET. */
const looks = new Rate();

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
    if (flow.publishedNumber === null) throw new OperationError('CONFLICT', said('refused.publishForForm'));
    const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
    if (expiresAt && expiresAt <= services.now()) throw new OperationError('INVALID', said('refused.linkExpiresEarly'));
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
    if (!row) throw notFound('startForm');
    audited({ name: row.title, details: { flowId: row.flowId } });
    if (row.revokedAt === null)
      await tx.startForm.update({ where: { id: row.id }, data: { revokedAt: services.now() } });
    return {};
  },
);

async function publishedOf(services: Services, form: StartFormRow) {
  const published = await services.documents.published(form.flowId);
  if (!published) throw new OperationError('GONE', said('refused.formPaused'));
  return published;
}

export const startFormLook = defineRead(c.startForm.look, async ({ caller, services }, input) => {
  refuseTooMany(looks.count(addressOf(caller)), mostLooks);
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
    await limitCalls(services, caller, 'start form', mostSubmits);
    const form = await openForm(services, caller, input.token);
    const published = await publishedOf(services, form);
    const inputs = checkedInputs(published.document, input.inputs);
    const itself: Actor = { kind: 'system', id: `form ${form.id}`, name: `Form “${form.title}”` };
    const actor = form.signIn && caller.user ? caller.actor : itself;
    const run = await inTransaction(services.store.pool, async (client) => {
      const started = await startInside(client, {
        ...published,
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
        if (rowCount === 0) throw new OperationError('GONE', said('refused.linkGone'));
      }
      const { rows } = await client.query<{ number: string }>('SELECT number FROM run WHERE id = $1', [started.runId]);
      return { ...started, reference: rows[0]?.number ?? '' };
    });
    if (run.created) await goOnWith(services, run.runId, published.flowId);
    return { reference: String(run.reference), created: run.created };
  },
);
