import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../../access/request.ts';
import { bodyLimit, type Contract } from '../../operations/contract/contract.ts';
import { OperationError } from '../../operations/errors.ts';
import { call, operations } from '../../operations/registry.ts';
import type { Services } from '../../operations/services.ts';
import { openApiDocument } from './openapi.ts';

/** Every operation at `/api/<noun>/<verb>`: GET for reads, POST with JSON for writes; and their OpenAPI document. */
export function serveApi(app: FastifyInstance, services: Services, origins: readonly string[]): void {
  for (const { contract } of operations.values()) {
    const path = `/api/${contract.name.replace('.', '/')}`;
    if (contract.kind === 'read') {
      const types = parameterTypes(contract);
      app.get(path, async (request) => {
        const caller = await callerOf(request, services.access, origins);
        return call(contract, fromQuery(request.query as Record<string, unknown>, types), caller, services);
      });
    } else {
      app.post(path, { bodyLimit: contract.bodyLimit ?? bodyLimit }, async (request) => {
        const caller = await callerOf(request, services.access, origins);
        return call(contract, withKey(contract, request), caller, services);
      });
    }
  }
  let document: object | undefined;
  app.get('/api/openapi.json', async () => {
    document ??= openApiDocument(
      [...operations.values()].map((operation) => operation.contract),
      services.url,
      services.version,
    );
    return document;
  });
  app.all('/api/*', async (request) => {
    throw new OperationError('NOT_FOUND', unknownPath(request.method, request.url));
  });
}

function unknownPath(method: string, url: string): string {
  const path = url.split('?')[0] ?? '';
  const contract = operations.get(path.slice('/api/'.length).replace('/', '.'))?.contract;
  if (contract) return `“${contract.name}” is called with ${contract.kind === 'read' ? 'GET' : 'POST'}, not ${method}.`;
  return `There is no operation at ${path}. /api/openapi.json lists them.`;
}

/** The body; where the contract says so, with the key that the header gives. What the body says itself goes first. */
function withKey({ keyHeader }: Contract, request: FastifyRequest): unknown {
  const body = objectBody(request.body);
  const key = request.headers['idempotency-key'];
  return keyHeader === undefined || typeof key !== 'string' ? body : { [keyHeader]: key, ...body };
}

function objectBody(body: unknown): object {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body))
    throw new OperationError('BAD_REQUEST', 'The body must be a JSON object.');
  return body;
}

type ParameterType = 'number' | 'boolean' | 'text' | 'json';

/** A query holds texts only: which of them are meant as something else is read from the input's schema. */
function parameterTypes(contract: Contract): Map<string, ParameterType> {
  const schema = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' });
  const types = new Map<string, ParameterType>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const type = typeof property === 'object' ? property.type : undefined;
    if (type === 'number' || type === 'integer') types.set(name, 'number');
    else if (type === 'boolean') types.set(name, 'boolean');
    else types.set(name, type === 'object' || type === 'array' ? 'json' : 'text');
  }
  return types;
}

function fromQuery(query: Record<string, unknown>, types: Map<string, ParameterType>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(query)) {
    const text = Array.isArray(given) ? given.at(-1) : given;
    const type = types.get(name);
    // What cannot be converted stays a text: the operation says what is wrong with it.
    if (type === 'number' && text !== '' && Number.isFinite(Number(text))) input[name] = Number(text);
    else if (type === 'boolean' && (text === 'true' || text === 'false')) input[name] = text === 'true';
    else input[name] = type === 'json' ? jsonOrText(text) : text;
  }
  return input;
}

function jsonOrText(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
