import { z } from 'zod';
import type { Contract } from '../../operations/contract/contract.ts';

const errorCodes = ['400', '401', '403', '404', '409', '410', '413', '422', '429', '500'];

/** The OpenAPI 3.1 document, made from the contracts and nothing else. */
export function openApiDocument(contracts: Contract[], url: string, version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rondo',
      version,
      description: 'Every operation of the server. Reads are GET, writes are POST with a JSON body.',
    },
    servers: [{ url }],
    security: [{ apiKey: [] }, { bearer: [] }, { session: [] }],
    paths: Object.fromEntries(
      contracts.map((contract) => [
        `/api/${contract.name.replace('.', '/')}`,
        { [contract.kind === 'read' ? 'get' : 'post']: operationOf(contract) },
      ]),
    ),
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'rondo.session_token' },
      },
      schemas: { Error: errorSchema },
    },
  };
}

/** A sentence that a client may say in its own language. */
const said = {
  type: 'object',
  description: 'which sentence the message is, and what stands in it, for saying it in another language',
  properties: { text: { type: 'string' }, values: { type: 'object', additionalProperties: true } },
} as const;

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', description: 'INVALID, CONFLICT, NOT_FOUND, …' },
        message: { type: 'string', description: 'plain words' },
        said,
        problems: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              code: { type: 'string' },
              severity: { enum: ['error', 'warning'] },
              pointer: { type: 'string' },
              componentId: { type: 'string' },
              message: { type: 'string' },
              said,
            },
          },
        },
      },
    },
  },
};

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  description: 'The same key starts one run only. It stands for the body’s own field of that purpose.',
};

function operationOf(contract: Contract): object {
  const input = schemaOf(contract.input, 'input');
  const errors = Object.fromEntries(
    errorCodes.map((status) => [
      status,
      { description: 'Refused', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
    ]),
  );
  return {
    operationId: contract.name,
    summary: contract.words,
    tags: [contract.name.split('.')[0]],
    ...(contract.access === 'public' ? { security: [] } : { 'x-permission': contract.access }),
    ...(contract.kind === 'read'
      ? { parameters: parametersOf(input) }
      : {
          ...(contract.keyHeader === undefined ? {} : { parameters: [keyHeader] }),
          requestBody: { required: true, content: { 'application/json': { schema: input } } },
        }),
    responses: {
      '200': { description: 'Done', content: { 'application/json': { schema: schemaOf(contract.output, 'output') } } },
      ...errors,
    },
  };
}

type Schema = z.core.JSONSchema.BaseSchema;

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}

function parametersOf(input: Schema): object[] {
  const required = new Set(input.required ?? []);
  return Object.entries(input.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema,
  }));
}
