import { defaultKeyHasher } from '@better-auth/api-key';
import { languageNamed } from '@rondo/shared/words/inLanguage.ts';
import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import { permissionsOf, type Role } from '../access/permissions.ts';
import { inTransaction } from '../access/transactionClient.ts';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { createPerson, newToken, tokenHash, workspaceId } from './identity.ts';
import { storeFlow } from './newFlow.ts';
import { roleOf } from './personLists.ts';
import { accountOf, renewAccount } from './renewAccount.ts';

const inviteDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

export const setupStatus = defineRead(c.setup.status, async ({ prisma, services }) => {
  const [people, workspace] = await Promise.all([
    prisma.user.count(),
    prisma.workspace.findUnique({ where: { id: workspaceId } }),
  ]);
  return { needsOwner: people === 0, workspaceName: workspace?.name ?? '', version: services.version };
});

export const setupCreateOwner = defineWrite(
  c.setup.createOwner,
  (input, output) => ({ kind: 'person', id: output?.userId ?? '', name: input.name, details: { role: 'owner' } }),
  async ({ tx, services, actAs }, input) => {
    // Two first visitors at once: the second waits here, and finds the first one's account.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('rondo first owner'))`;
    if ((await tx.user.count()) > 0) throw new OperationError('CONFLICT', said('refused.ownerThere'));
    const caller = await createPerson(tx, { ...input, role: 'owner' });
    actAs(caller);
    if (input.language) await tx.user.update({ where: { id: caller.actor.id }, data: { language: input.language } });
    const name = input.workspaceName ?? 'Workspace';
    await tx.workspace.upsert({ where: { id: workspaceId }, create: { id: workspaceId, name }, update: { name } });
    for (const sample of await services.samples.all(input.language))
      await storeFlow(tx, { text: sample.text, slug: sample.slug, createdBy: caller.actor.id });
    return { userId: caller.actor.id };
  },
);

export const meGet = defineRead(c.me.get, async ({ caller, prisma, services }) => {
  if (!caller.user) throw new OperationError('UNAUTHENTICATED', said('refused.signIn'));
  const [workspace, person] = await Promise.all([
    prisma.workspace.findUnique({ where: { id: workspaceId } }),
    prisma.user.findUnique({ where: { id: caller.user.id }, select: { language: true } }),
  ]);
  const language = person?.language == null ? null : languageNamed(person.language);
  return {
    user: { ...caller.user, language },
    workspace: { id: workspaceId, name: workspace?.name ?? 'Workspace' },
    permissions: permissionsOf(caller.user.role),
    url: services.url,
  };
});

export const meSpeak = defineWrite(
  c.me.speak,
  ({ language }) => ({ kind: 'person', id: '', details: { language } }),
  async ({ tx, caller, audited }, { language }) => {
    if (!caller.user) throw new OperationError('UNAUTHENTICATED', said('refused.signIn'));
    audited({ id: caller.user.id, name: caller.user.name });
    await tx.user.updateMany({ where: { id: caller.user.id }, data: { language } });
    return {};
  },
);

/** Nobody gives a role above their own, or touches somebody above them. */
function refuseAbove(own: Role | undefined, other: Role): void {
  if (other === 'owner' && own !== 'owner') throw new OperationError('FORBIDDEN', said('refused.onlyOwner'));
}

export const personInvite = defineWrite(
  c.person.invite,
  (input, output) => ({
    kind: 'invite',
    id: output?.inviteId ?? '',
    name: input.email ?? '',
    details: { role: input.role },
  }),
  async ({ tx, caller, services, audited }, input) => {
    const known = await accountOf(tx, input.email ?? null);
    const renewed = known && !known.removed ? known : undefined;
    const role = renewed?.role ?? input.role;
    refuseAbove(caller.user?.role, role);
    if (known) audited({ details: { role, account: known.id } });
    const { token, hash } = newToken();
    const inviteId = uuid();
    const expiresAt = new Date(services.now().getTime() + inviteDays * dayMs);
    await tx.invite.create({
      data: {
        id: inviteId,
        tokenHash: hash,
        email: input.email?.toLowerCase() ?? null,
        role,
        createdBy: caller.actor.id,
        expiresAt,
      },
    });
    const link = `${services.url}/invite/${token}`;
    return { inviteId, link, expiresAt: expiresAt.toISOString(), renews: renewed?.name ?? null };
  },
);

export const personRevokeInvite = defineWrite(
  c.person.revokeInvite,
  (input) => ({ kind: 'invite', id: input.inviteId }),
  async ({ tx, audited }, input) => {
    const invite = await tx.invite.findUnique({ where: { id: input.inviteId } });
    if (!invite || invite.usedAt) throw notFound('invitation');
    audited({ name: invite.email ?? '', details: { role: invite.role } });
    await tx.invite.delete({ where: { id: invite.id } });
    return {};
  },
);

async function refuseLastOwner(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('rondo owners'))`;
  const others = await tx.user.count({ where: { role: 'owner', removedAt: null, NOT: { id: userId } } });
  if (others === 0) throw new OperationError('CONFLICT', said('refused.lastOwner'));
}

export const personSetRole = defineWrite(
  c.person.setRole,
  (input) => ({ kind: 'person', id: input.userId, details: { role: input.role } }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const person = await tx.user.findUnique({ where: { id: input.userId } });
    if (!person || person.removedAt) throw notFound('person');
    audited({ name: person.name, details: { before: person.role } });
    refuseAbove(caller.user?.role, roleOf(person.role));
    refuseAbove(caller.user?.role, input.role);
    if (person.role === 'owner' && input.role !== 'owner') await refuseLastOwner(tx, person.id);
    await tx.user.update({ where: { id: person.id }, data: { role: input.role } });
    afterCommit(() => services.access.forget());
    return {};
  },
);

export const personRemove = defineWrite(
  c.person.remove,
  (input) => ({ kind: 'person', id: input.userId }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const person = await tx.user.findUnique({ where: { id: input.userId } });
    if (!person || person.removedAt) throw notFound('person');
    audited({ name: person.name, details: { role: person.role } });
    refuseAbove(caller.user?.role, roleOf(person.role));
    if (person.role === 'owner') await refuseLastOwner(tx, person.id);
    await tx.user.update({ where: { id: person.id }, data: { removedAt: services.now() } });
    await tx.session.deleteMany({ where: { userId: person.id } });
    await tx.apikey.deleteMany({ where: { referenceId: person.id } });
    afterCommit(() => services.access.forget());
    return {};
  },
);

export const inviteLook = defineRead(c.invite.look, async ({ prisma, services }, input) => {
  const invite = await prisma.invite.findUnique({ where: { tokenHash: tokenHash(input.token) } });
  refuseSpent(invite, services.now());
  const account = await accountOf(prisma, invite.email);
  const workspace = await prisma.workspace.findUnique({ where: { id: workspaceId } });
  return {
    workspaceName: workspace?.name ?? 'Workspace',
    role: roleOf(invite.role),
    email: invite.email,
    account: account ? { name: account.name, removed: account.removed } : null,
  };
});

interface InviteRow {
  id: string;
  role: string;
  email: string | null;
  usedAt: Date | null;
  expiresAt: Date;
}

function refuseSpent(invite: InviteRow | null, now: Date): asserts invite is InviteRow {
  if (!invite) throw new OperationError('NOT_FOUND', said('refused.noInvitation'));
  if (invite.usedAt) throw new OperationError('GONE', said('refused.invitationUsed'));
  if (invite.expiresAt <= now) throw new OperationError('GONE', said('refused.invitationExpired'));
}

export const inviteAccept = defineWrite(
  c.invite.accept,
  (input, output) => ({ kind: 'person', id: output?.userId ?? '', name: input.name }),
  async ({ tx, services, actAs, audited, afterCommit }, input) => {
    const hash = tokenHash(input.token);
    await tx.$queryRaw`SELECT id FROM invite WHERE token_hash = ${hash} FOR UPDATE`;
    const invite = await tx.invite.findUnique({ where: { tokenHash: hash } });
    refuseSpent(invite, services.now());
    if (invite.email && invite.email !== input.email.trim().toLowerCase())
      throw new OperationError('FORBIDDEN', said('refused.invitationOther', { email: invite.email }));
    const known = await accountOf(tx, invite.email);
    const role = roleOf(invite.role);
    const caller = known
      ? await renewAccount(tx, known, role, input.password)
      : await createPerson(tx, { ...input, role });
    actAs(caller);
    audited({
      name: caller.actor.name,
      details: { role: invite.role, invite: invite.id, ...(known && { renewed: true }) },
    });
    afterCommit(() => services.access.forget());
    await tx.invite.update({ where: { id: invite.id }, data: { usedAt: services.now(), usedBy: caller.actor.id } });
    return { userId: caller.actor.id };
  },
);

export const apikeyCreate = defineWrite(
  c.apikey.create,
  (input, output) => ({ kind: 'apikey', id: output?.id ?? '', name: input.name }),
  async ({ tx, caller, services }, input) => {
    const userId = caller.user?.id;
    if (!userId) throw new OperationError('UNAUTHENTICATED', said('refused.signIn'));
    const expiresIn = input.expiresInDays === undefined ? undefined : (input.expiresInDays * dayMs) / 1000;
    const made = await inTransaction(tx, () =>
      services.auth.api.createApiKey({ body: { name: input.name, userId, ...(expiresIn ? { expiresIn } : {}) } }),
    );
    // The row must be in this transaction, so that a key never exists without its audit row.
    if (!(await tx.apikey.findFirst({ where: { id: made.id, key: await defaultKeyHasher(made.key) } })))
      throw new Error('The API key was not written in the transaction of its audit row.');
    return { id: made.id, key: made.key };
  },
);

export const apikeyRevoke = defineWrite(
  c.apikey.revoke,
  (input) => ({ kind: 'apikey', id: input.keyId }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const key = await tx.apikey.findUnique({ where: { id: input.keyId } });
    if (!key || key.referenceId !== caller.user?.id) throw notFound('key');
    audited({ name: key.name ?? '' });
    await tx.apikey.delete({ where: { id: key.id } });
    afterCommit(() => services.access.forget());
    return {};
  },
);
