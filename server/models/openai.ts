import { isObject, type Json, type JsonObject, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { type CallContext, type ModelAnswer, type ModelPort, type ModelRequest, StepError } from '../engine/ports.ts';

export interface OpenAiOptions {
  /** carries the calls, so that outgoing connections are guarded like all others */
  fetch?: typeof fetch;
}

/** Models that speak OpenAI's chat completions: OpenAI itself, and any server at a configured address. */
export function openAiModel(options: OpenAiOptions = {}): ModelPort {
  return {
    async complete(request, context) {
      const client = clientFor(request.config, options);
      try {
        return await stream(client, request, context);
      } catch (error) {
        throw explained(error, request.config);
      }
    },
  };
}

function clientFor(config: JsonObject, options: OpenAiOptions): OpenAI {
  const url = ownText(config, 'url');
  return new OpenAI({
    // servers of one's own often want no key; the client wants some text
    apiKey: ownText(config, 'api_key') ?? 'none',
    ...(url !== undefined && { baseURL: baseUrl(url) }),
    ...(options.fetch && { fetch: options.fetch }),
    // tries again are the flow's retry policy, which is in the journal
    maxRetries: 0,
  });
}

/** OAS gives the address of the server, with or without a scheme and `/v1`. */
function baseUrl(url: string): string {
  const address = /^https?:\/\//.test(url) ? url : `http://${url}`;
  const trimmed = address.replace(/\/+$/, '');
  return /\/v\d+$/.test(trimmed) ? trimmed : `${trimmed}/v1`;
}

async function stream(client: OpenAI, request: ModelRequest, context: CallContext): Promise<ModelAnswer> {
  const model = ownText(request.config, 'model_id') ?? '';
  const chunks = await client.chat.completions.create(
    {
      model,
      messages: request.messages,
      stream: true,
      stream_options: { include_usage: true },
      ...parameters(request.config),
      ...(request.schema && {
        response_format: {
          type: 'json_schema' as const,
          json_schema: { name: 'answer', strict: true, schema: request.schema },
        },
      }),
    },
    { signal: context.signal, headers: { 'Idempotency-Key': context.idempotencyKey } },
  );
  let text = '';
  const usage = { model, inputTokens: 0, outputTokens: 0 };
  for await (const chunk of chunks) {
    const piece = chunk.choices[0]?.delta?.content ?? '';
    if (piece !== '') {
      text += piece;
      request.onToken?.(piece);
    }
    if (chunk.usage) {
      usage.inputTokens = chunk.usage.prompt_tokens;
      usage.outputTokens = chunk.usage.completion_tokens;
    }
  }
  return request.schema ? { text, value: parsed(text), usage } : { text, usage };
}

/** OAS generation parameters under their names in this API. */
function parameters(config: JsonObject): Record<string, number> {
  const given = ownObject(config, 'default_generation_parameters') ?? {};
  const named: [string, Json | undefined][] = [
    ['max_tokens', own(given, 'max_tokens')],
    ['temperature', own(given, 'temperature')],
    ['top_p', own(given, 'top_p')],
  ];
  return Object.fromEntries(named.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/** The JSON of an answer, also where the model put it between fences; null where there is none. */
function parsed(text: string): Json {
  const body = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function explained(error: unknown, config: JsonObject): unknown {
  const model = `The model “${ownText(config, 'model_id') ?? ''}”`;
  if (error instanceof APIUserAbortError || error instanceof StepError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new StepError('TIMED_OUT', `${model} did not answer in time.`, { retryable: true, cause: error });
  if (error instanceof APIConnectionError) {
    if (error.cause instanceof StepError) return error.cause;
    return new StepError('MODEL_UNREACHABLE', `${model} cannot be reached.`, { retryable: true, cause: error });
  }
  if (error instanceof APIError) {
    const status = error.status ?? 0;
    const why = status === 401 || status === 403 ? 'refused the key' : `answered with status ${status}`;
    return new StepError('MODEL_REFUSED', `${model} ${why}.`, {
      retryable: status === 409 || status === 429 || status >= 500,
      details: { status },
    });
  }
  return error;
}
