import { hash } from 'node:crypto';
import { defaultKeyHasher } from '@better-auth/api-key';
import type { Actor } from '@rondo/shared/runs/events.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Auth } from './auth.ts';
import { anonymous, type Caller, localCaller, personCaller } from './caller.ts';
import { isRole } from './permissions.ts';

/** How long a verified key or session is believed without asking again. Changes made in this process count at once. */
const believedFor = 10_000;
const mostRemembered = 10_000;

interface Remembered {
  caller: Caller;
  until: number;
}

/** Tells who is calling from a request's headers. */
export class Access {
  readonly #auth: Auth;
  readonly #prisma: PrismaClient;
  readonly #remembered = new Map<string, Remembered>();

  constructor(auth: Auth, prisma: PrismaClient) {
    this.#auth = auth;
    this.#prisma = prisma;
  }

  /**
   * An API key (`x-api-key`, or `Authorization: Bearer`) goes before a session cookie. A key or session that is
   * forged, expired or revoked gives the anonymous caller: what is not public is then refused.
   */
  async authenticate(headers: Headers): Promise<Caller> {
    const key = keyOf(headers);
    if (key !== undefined) return this.#remember(`key ${key}`, () => this.#byKey(key));
    const cookie = headers.get('cookie');
    if (cookie === null || !cookie.includes('session_token')) return anonymous;
    return this.#remember(`cookie ${cookie}`, () => this.#bySession(headers));
  }

  /** Forgets what was believed: after a revocation, a removal or a change of role. */
  forget(): void {
    this.#remembered.clear();
  }

  /**
   * The person behind somebody who is on record, with the role of today; null for who is gone, and for what is no
   * person. The command line on the machine may everything, then as now.
   */
  async userOf({ kind, id, name }: Actor): Promise<Caller['user']> {
    const local = localCaller(name);
    if (kind === local.actor.kind) return id === local.actor.id ? local.user : null;
    if (kind === 'person') return (await this.#callerFor(id, 'session')).user;
    if (kind !== 'api_key') return null;
    const key = await this.#prisma.apikey.findUnique({ where: { id } });
    return key && (await this.#callerFor(key.referenceId, 'api_key')).user;
  }

  async #remember(proof: string, ask: () => Promise<Caller>): Promise<Caller> {
    const place = hash('sha256', proof, 'base64');
    const now = performance.now();
    const known = this.#remembered.get(place);
    if (known && known.until > now) return known.caller;
    const caller = await ask();
    if (caller.by === 'nothing') return caller;
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
    this.#remembered.set(place, { caller, until: now + believedFor });
    return caller;
  }

  async #bySession(headers: Headers): Promise<Caller> {
    const session = await this.#auth.api.getSession({ headers, query: { disableCookieCache: true } });
    if (!session) return anonymous;
    return this.#callerFor(session.user.id, 'session');
  }

  async #byKey(key: string): Promise<Caller> {
    const row = await this.#prisma.apikey.findFirst({ where: { key: await defaultKeyHasher(key) } });
    if (!row || row.enabled === false || (row.expiresAt && row.expiresAt.getTime() <= Date.now())) return anonymous;
    const caller = await this.#callerFor(row.referenceId, 'api_key');
    if (caller.user) await this.#prisma.apikey.update({ where: { id: row.id }, data: { lastRequest: new Date() } });
    return caller.user
      ? { ...caller, actor: { kind: 'api_key', id: row.id, name: `${caller.user.name} (key “${row.name ?? 'key'}”)` } }
      : caller;
  }

  async #callerFor(userId: string, by: 'session' | 'api_key'): Promise<Caller> {
    const user = await this.#prisma.user.findUnique({ where: { id: userId } });
    if (!user || user.removedAt || !isRole(user.role)) return anonymous;
    const { id, name, email, role } = user;
    return personCaller({ id, name, email, role }, by);
  }
}

function keyOf(headers: Headers): string | undefined {
  const given = headers.get('x-api-key');
  if (given) return given;
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '');
  return bearer?.[1];
}
