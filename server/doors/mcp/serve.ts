import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  type AuthInfo,
  type CallToolResult,
  createMcpHandler,
  MissingRequiredClientCapabilityError,
  OAuthError,
  OAuthErrorCode,
  ProtocolError,
  ProtocolErrorCode,
  requireBearerAuth,
  Server,
} from '@modelcontextprotocol/server';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../../access/caller.ts';
import { documentLimit } from '../../operations/contract/contract.ts';
import { contracts } from '../../operations/contract/index.ts';
import { OperationError, shownError } from '../../operations/errors.ts';
import { call } from '../../operations/registry.ts';
import type { Services } from '../../operations/services.ts';
import { type FlowTool, flowTools, textOf } from './tools.ts';

/** How long a client is kept waiting for a result before it gets the run's link instead. */
const waitSeconds = 20;
/** In `_meta` of a tool's call: the same key starts one run only. */
const keyMeta = 'rondo/key';

/**
 * MCP at `/mcp`: published flows as tools, for whoever sends an API key as bearer token. Stateless, for clients of both
 * eras of the protocol.
 */
export function serveMcp(app: FastifyInstance, services: Services): void {
  const callers = new WeakMap<AuthInfo, Caller>();
  const gate = requireBearerAuth({
    verifier: {
      verifyAccessToken: async (token) => {
        const caller = await services.access.authenticate(new Headers({ 'x-api-key': token }));
        if (!caller.user) throw new OAuthError(OAuthErrorCode.InvalidToken, 'This API key is not valid (any more).');
        // Keys have no end of their own here: each call is checked again.
        const info: AuthInfo = {
          token: 'api key',
          clientId: caller.actor.id,
          scopes: [],
          expiresAt: Math.floor(Date.now() / 1000) + 3600,
        };
        callers.set(info, { ...caller, through: 'mcp' });
        return info;
      },
    },
  });
  const handler = createMcpHandler((context) => {
    const caller = context.authInfo && callers.get(context.authInfo);
    if (!caller) throw new Error('An MCP request came through without a caller.');
    return serverFor(caller, services);
  });
  const node = toNodeHandler(handler, {
    onerror: (error) => services.log.error({ err: error }, 'an MCP request failed'),
    maxRequestBodySize: documentLimit,
  });
  app.all('/mcp', { bodyLimit: documentLimit }, async (request, reply) => {
    const headers = new Headers();
    const key = request.headers['x-api-key'];
    if (typeof key === 'string') headers.set('authorization', `Bearer ${key}`);
    if (request.headers.authorization) headers.set('authorization', request.headers.authorization);
    const auth = await gate(new Request(new URL('/mcp', services.url), { method: request.method, headers }));
    if (auth instanceof Response) {
      auth.headers.forEach((value, name) => {
        reply.header(name, value);
      });
      return reply.status(auth.status).send(await auth.text());
    }
    reply.hijack();
    await node(Object.assign(request.raw, { auth }), reply.raw, request.body);
    return reply;
  });
  app.addHook('onClose', () => handler.close());
}

function serverFor(caller: Caller, services: Services): Server {
  const server = new Server(
    { name: 'rondo', title: 'Rondo', version: services.version },
    { capabilities: { tools: {} }, instructions: 'Each tool is a flow that this team has published.' },
  );
  server.setRequestHandler('tools/list', async () => {
    const tools = await flowTools(services, caller);
    return {
      tools: tools.map(({ flowId: _, outputSchema, ...tool }) => ({
        ...tool,
        ...(outputSchema ? { outputSchema } : {}),
      })),
    };
  });
  server.setRequestHandler('tools/call', async (request) => {
    const tool = (await flowTools(services, caller)).find((one) => one.name === request.params.name);
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool “${request.params.name}”.`);
    const key = request.params._meta?.[keyMeta];
    return callFlow(tool, { inputs: (request.params.arguments ?? {}) as JsonObject, key }, caller, services);
  });
  return server;
}

async function callFlow(
  tool: FlowTool,
  { inputs, key }: { inputs: JsonObject; key: unknown },
  caller: Caller,
  services: Services,
): Promise<CallToolResult> {
  let run: Awaited<ReturnType<typeof start>>;
  try {
    run = await start();
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    const { message, problems } = shownError(error);
    const lines = problems?.map((problem) => `${problem.pointer}: ${problem.message}`) ?? [];
    return failure([message, ...lines].join('\n'));
  }
  if (run.state === 'succeeded') {
    const outputs: Json = run.outputs ?? {};
    return {
      content: [{ type: 'text', text: textOf(outputs) }],
      ...(tool.outputSchema ? { structuredContent: run.outputs ?? {} } : {}),
    };
  }
  if (run.state === 'failed')
    return failure(`${run.error?.message ?? 'The run failed.'}\nRun ${run.number}: ${run.link}`);
  if (run.state === 'cancelled') return failure(`The run was cancelled.\nRun ${run.number}: ${run.link}`);
  throw unfinished(run);

  function start() {
    return call(contracts.run.start, { flowId: tool.flowId, inputs, waitSeconds, key }, caller, services);
  }
}

function failure(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}

/**
 * The flow waits for a person, or takes longer than a call may: an answer that does not fit the output's schema is not
 * allowed, so it is the protocol's error for a client that cannot take the rest later, with all it needs to look.
 */
function unfinished(run: {
  runId: string;
  number: number;
  state: string;
  link: string;
  waits: { for: string; title?: string }[];
}): ProtocolError {
  const waits = run.waits.map((wait) => wait.title ?? wait.for).join(', ');
  const why = run.state === 'waiting' ? `waits for: ${waits}` : 'has not finished yet';
  const { requiredCapabilities } = new MissingRequiredClientCapabilityError({
    requiredCapabilities: { elicitation: {} },
  });
  return new ProtocolError(
    ProtocolErrorCode.MissingRequiredClientCapability,
    `Run ${run.number} ${why}. Follow it at ${run.link}`,
    { requiredCapabilities, runId: run.runId, number: run.number, state: run.state, link: run.link, waits: run.waits },
  );
}
