import { initTRPC, TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import type { Contract } from '../../operations/contract/contract.ts';
import { contracts as c } from '../../operations/contract/index.ts';
import { type ShownError, shownError } from '../../operations/errors.ts';
import { trpcCodeOf } from './codes.ts';
import type { TrpcContext } from './context.ts';

const t = initTRPC.context<TrpcContext>().create({
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
  errorFormatter({ shape, error }) {
    const rondo: ShownError = error.cause === undefined ? ownError(error) : shownError(error.cause);
    return { ...shape, message: rondo.message, data: { ...shape.data, stack: undefined, rondo } };
  },
});

/** What tRPC itself refuses (no such path, no JSON), in our words. */
function ownError(error: TRPCError): ShownError {
  if (error.code === 'NOT_FOUND') return { code: 'NOT_FOUND', message: error.message };
  if (error.code === 'PAYLOAD_TOO_LARGE') return { code: 'TOO_LARGE', message: 'The body is larger than allowed.' };
  if (error.code === 'INTERNAL_SERVER_ERROR') return shownError(error);
  return { code: 'BAD_REQUEST', message: error.message };
}

async function call<C extends Contract>(ctx: TrpcContext, contract: C, input: unknown): Promise<z.output<C['output']>> {
  try {
    return await ctx.call(contract, input);
  } catch (cause) {
    throw asTrpc(cause);
  }
}

/** Anything thrown, as an error of tRPC with its code and status. */
export function asTrpc(cause: unknown): TRPCError {
  const shown = shownError(cause);
  return new TRPCError({ code: trpcCodeOf(shown.code), message: shown.message, cause });
}

/** A stream whose refusals go out as tRPC's errors. */
async function* told<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (cause) {
    throw asTrpc(cause);
  }
}

/** Input is taken as it came: the operation itself checks it, so that every door refuses alike. */
function asGiven<T>(raw: unknown): T {
  return raw as T;
}

function read<I extends z.ZodType, O extends z.ZodType>(contract: Contract<I, O>) {
  return t.procedure
    .input(asGiven<z.input<I>>)
    .query(({ ctx, input }): Promise<z.output<O>> => call(ctx, contract, input));
}

function write<I extends z.ZodType, O extends z.ZodType>(contract: Contract<I, O>) {
  return t.procedure
    .input(asGiven<z.input<I>>)
    .mutation(({ ctx, input }): Promise<z.output<O>> => call(ctx, contract, input));
}

const watch = z.object({
  runId: z.uuid(),
  after: z.int().min(0).optional(),
  /** set by the client library when it comes back after a cut */
  lastEventId: z.string().optional(),
});

export const appRouter = t.router({
  setup: t.router({ status: read(c.setup.status), createOwner: write(c.setup.createOwner) }),
  me: t.router({ get: read(c.me.get), speak: write(c.me.speak) }),
  person: t.router({
    list: read(c.person.list),
    invite: write(c.person.invite),
    revokeInvite: write(c.person.revokeInvite),
    setRole: write(c.person.setRole),
    remove: write(c.person.remove),
  }),
  invite: t.router({ list: read(c.invite.list), look: read(c.invite.look), accept: write(c.invite.accept) }),
  apikey: t.router({ list: read(c.apikey.list), create: write(c.apikey.create), revoke: write(c.apikey.revoke) }),
  flow: t.router({
    list: read(c.flow.list),
    names: read(c.flow.names),
    arrange: write(c.flow.arrange),
    get: read(c.flow.get),
    state: read(c.flow.state),
    create: write(c.flow.create),
    import: write(c.flow.import),
    export: read(c.flow.export),
    edit: write(c.flow.edit),
    undo: write(c.flow.undo),
    redo: write(c.flow.redo),
    history: read(c.flow.history),
    rename: write(c.flow.rename),
    duplicate: write(c.flow.duplicate),
    archive: write(c.flow.archive),
    versions: read(c.flow.versions),
    version: read(c.flow.version),
    publish: write(c.flow.publish),
    pause: write(c.flow.pause),
    resume: write(c.flow.resume),
    configure: write(c.flow.configure),
    checkKey: read(c.flow.checkKey),
  }),
  folder: t.router({
    list: read(c.folder.list),
    create: write(c.folder.create),
    rename: write(c.folder.rename),
    remove: write(c.folder.remove),
  }),
  sample: t.router({ list: read(c.sample.list), get: read(c.sample.get) }),
  run: t.router({
    start: write(c.run.start),
    list: read(c.run.list),
    get: read(c.run.get),
    events: read(c.run.events),
    cancel: write(c.run.cancel),
    pause: write(c.run.pause),
    resume: write(c.run.resume),
    retry: write(c.run.retry),
    hold: write(c.run.hold),
    value: read(c.run.value),
  }),
  file: t.router({ get: read(c.file.get) }),
  retention: t.router({
    get: read(c.retention.get),
    set: write(c.retention.set),
    preview: read(c.retention.preview),
  }),
  bulk: t.router({
    preview: read(c.bulk.preview),
    start: write(c.bulk.start),
    get: read(c.bulk.get),
    list: read(c.bulk.list),
    stop: write(c.bulk.stop),
  }),
  worker: t.router({ list: read(c.worker.list), drain: write(c.worker.drain) }),
  queue: t.router({ get: read(c.queue.get), pause: write(c.queue.pause), resume: write(c.queue.resume) }),
  group: t.router({ list: read(c.group.list), save: write(c.group.save), remove: write(c.group.remove) }),
  assignee: t.router({ list: read(c.assignee.list) }),
  review: t.router({ list: read(c.review.list), get: read(c.review.get), decide: write(c.review.decide) }),
  schedule: t.router({
    list: read(c.schedule.list),
    preview: read(c.schedule.preview),
    create: write(c.schedule.create),
    update: write(c.schedule.update),
    remove: write(c.schedule.remove),
    fire: write(c.schedule.fire),
    fires: read(c.schedule.fires),
    health: read(c.schedule.health),
    calendar: read(c.schedule.calendar),
  }),
  webhook: t.router({
    list: read(c.webhook.list),
    create: write(c.webhook.create),
    update: write(c.webhook.update),
    rotate: write(c.webhook.rotate),
    remove: write(c.webhook.remove),
    deliveries: read(c.webhook.deliveries),
    delivery: read(c.webhook.delivery),
    resend: write(c.webhook.resend),
  }),
  startForm: t.router({
    list: read(c.startForm.list),
    create: write(c.startForm.create),
    revoke: write(c.startForm.revoke),
    look: read(c.startForm.look),
    submit: write(c.startForm.submit),
  }),
  flowLink: t.router({
    list: read(c.flowLink.list),
    create: write(c.flowLink.create),
    update: write(c.flowLink.update),
    remove: write(c.flowLink.remove),
    fires: read(c.flowLink.fires),
  }),
  event: t.router({ send: write(c.event.send) }),
  audit: t.router({ list: read(c.audit.list), verify: read(c.audit.verify) }),
  tool: t.router({
    list: read(c.tool.list),
    get: read(c.tool.get),
    save: write(c.tool.save),
    remove: write(c.tool.remove),
  }),
  usage: t.router({ list: read(c.usage.list) }),
  model: t.router({ list: read(c.model.list) }),
  secret: t.router({ list: read(c.secret.list), set: write(c.secret.set), remove: write(c.secret.remove) }),
  home: t.router({ get: read(c.home.get) }),
  notification: t.router({
    list: read(c.notification.list),
    read: write(c.notification.read),
    rules: read(c.notification.rules),
    setRule: write(c.notification.setRule),
    removeRule: write(c.notification.removeRule),
    test: write(c.notification.test),
  }),
  live: t.router({
    changes: t.procedure.subscription(async function* ({ ctx, signal }) {
      yield* told(ctx.liveChanges(signal ?? new AbortController().signal));
    }),
    run: t.procedure.input(watch).subscription(async function* ({ ctx, input, signal }) {
      const after = input.lastEventId === undefined ? (input.after ?? 0) : Number(input.lastEventId);
      const stream = ctx.liveRun(input.runId, after, signal ?? new AbortController().signal);
      for await (const { cursor, value } of told(stream)) yield tracked(String(cursor), value);
    }),
  }),
});

/** The type that clients are made from. */
export type AppRouter = typeof appRouter;
