import { type Json, type JsonObject, objectIn, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { type Said, said } from '@rondo/shared/words/said.ts';
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import {
  type CallContext,
  type ModelAnswer,
  type ModelMessage,
  type ModelPort,
  type ModelRequest,
  type ModelToolCall,
  StepError,
} from '../engine/ports.ts';

/**
 * Models that speak OpenAI's chat completions: OpenAI itself, and any server at a configured address.
 * @param carry carries the calls, so that outgoing connections are guarded like all others
 */
export function openAiModel(carry: typeof fetch): ModelPort {
  return {
    async complete(request, context) {
      const client = clientFor(request.config, carry);
      try {
        return await stream(client, request, context);
      } catch (error) {
        throw explained(error, request.config);
      }
    },
  };
}

function clientFor(config: JsonObject, carry: typeof fetch): OpenAI {
  const url = ownText(config, 'url');
  return new OpenAI({
    // servers of one's own often want no key; the client wants some text
    apiKey: ownText(config, 'api_key') ?? 'none',
    ...(url !== undefined && { baseURL: baseUrl(url) }),
    fetch: carry,
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
      messages: request.messages.map(messageOf),
      stream: true,
      stream_options: { include_usage: true },
      ...parameters(request.config),
      ...(request.tools && {
        tools: request.tools.map((tool) => ({ type: 'function' as const, function: { ...tool } })),
      }),
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
  const calls = new ToolCalls();
  const usage = { model, inputTokens: 0, outputTokens: 0 };
  for await (const chunk of chunks) {
    const piece = chunk.choices[0]?.delta?.content ?? '';
    if (piece !== '') {
      text += piece;
      request.onToken?.(piece);
    }
    for (const part of chunk.choices[0]?.delta?.tool_calls ?? []) calls.take(part);
    if (chunk.usage) {
      usage.inputTokens = chunk.usage.prompt_tokens;
      usage.outputTokens = chunk.usage.completion_tokens;
    }
  }
  const toolCalls = calls.all();
  if (toolCalls.length > 0) return { text, toolCalls, usage };
  return request.schema ? { text, value: parsed(text), usage } : { text, usage };
}

function messageOf(message: ModelMessage): OpenAI.ChatCompletionMessageParam {
  if (message.role === 'tool') return { role: 'tool', content: message.content, tool_call_id: message.callId };
  if (message.role !== 'assistant' || !message.toolCalls) return message;
  return {
    role: 'assistant',
    content: message.content === '' ? null : message.content,
    tool_calls: message.toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) },
    })),
  };
}

/** Calls of tools, put together from the pieces in which they come. */
class ToolCalls {
  readonly #parts = new Map<number, { id: string; name: string; text: string }>();

  take(piece: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall): void {
    const call = this.#parts.get(piece.index) ?? { id: '', name: '', text: '' };
    this.#parts.set(piece.index, call);
    call.id ||= piece.id ?? '';
    call.name += piece.function?.name ?? '';
    call.text += piece.function?.arguments ?? '';
  }

  all(): ModelToolCall[] {
    return [...this.#parts.entries()]
      .sort(([a], [b]) => a - b)
      .map(([index, { id, name, text }]) => ({
        id: id || `call_${index}`,
        name,
        arguments: text.trim() === '' ? {} : (objectIn(text) ?? null),
      }));
  }
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
  return objectIn(/```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1] ?? text) ?? null;
}

function explained(error: unknown, config: JsonObject): unknown {
  const model = said('failure.model', { model: ownText(config, 'model_id') ?? '' });
  if (error instanceof APIUserAbortError || error instanceof StepError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new StepError('TIMED_OUT', said('failure.noAnswer', { address: model }), {
      retryable: true,
      cause: error,
    });
  if (error instanceof APIConnectionError) {
    if (error.cause instanceof StepError) return ofGuard(error.cause, model);
    return new StepError('MODEL_UNREACHABLE', said('failure.modelUnreached', { model }), {
      retryable: true,
      cause: error,
    });
  }
  if (error instanceof APIError) {
    const status = error.status ?? 0;
    const noKey = status === 401 || status === 403;
    const words = noKey ? said('failure.modelKey', { model }) : said('failure.modelStatus', { model, status });
    return new StepError('MODEL_REFUSED', words, {
      retryable: status === 409 || status === 429 || status >= 500,
      details: { status },
    });
  }
  return error;
}

/** The guard's own words, and which model it was. */
function ofGuard({ code, said: reason, retryable }: StepError, model: Said): StepError {
  return new StepError(code, said('failure.modelCall', { model, reason }), { retryable });
}
