import { Readable } from 'node:stream';
import type { Json } from '@rondo/shared/oas/json.ts';
import { said } from '@rondo/shared/words/said.ts';
import { type Dispatcher, request as send } from 'undici';
import { type CallContext, type HttpAnswer, type HttpPort, type HttpRequest, StepError } from '../engine/ports.ts';
import { type AddressRules, fitsAllowList } from './addresses.ts';
import { openGuard } from './guard.ts';
import { type Hop, maxRedirects, redirected } from './redirect.ts';

export interface HttpOptions extends AddressRules {
  /** largest answer that is read, in bytes */
  maxBytes?: number;
  timeoutSeconds?: number;
}

/** A file may take its time; a step's own limit ends it sooner. In seconds. */
const fileTimeout = 3600;

/**
 * Outgoing calls, guarded: the address is looked up and checked before each hop, redirects included, and the connection
 * goes to the address that was checked. Answers are limited in size, calls in time.
 */
export function makeHttp(options: HttpOptions): HttpPort & { close(): Promise<void> } {
  const maxBytes = options.maxBytes ?? 8 * 1024 * 1024;
  const guard = openGuard(options, 64);
  return {
    call: (request, context) => call(request, context),
    close: () => guard.close(),
  };

  async function call(request: HttpRequest, context: CallContext): Promise<HttpAnswer> {
    const timeout = AbortSignal.timeout(timeoutOf(request, options) * 1000);
    const signal = AbortSignal.any([context.signal, timeout]);
    try {
      return await follow(request, context, signal);
    } catch (error) {
      if (context.signal.aborted) throw context.signal.reason;
      if (timeout.aborted)
        throw new StepError('TIMED_OUT', said('failure.noAnswer', { address: short(request.url) }), {
          retryable: true,
        });
      if (error instanceof StepError) throw error;
      throw new StepError(
        'CALL_FAILED',
        said('failure.unreached', { address: short(request.url), code: codeOf(error) }),
        {
          retryable: true,
          cause: error,
        },
      );
    }
  }

  async function follow(request: HttpRequest, context: CallContext, signal: AbortSignal): Promise<HttpAnswer> {
    const body = bodyOf(request);
    let hop: Hop = {
      url: parse(request.url, request.query),
      method: request.method,
      headers: {
        accept: 'application/json, text/plain;q=0.9, */*;q=0.5',
        ...(body && { 'content-type': body.type }),
        ...(body?.size !== undefined && { 'content-length': String(body.size) }),
        'idempotency-key': context.idempotencyKey,
        ...lower(request.headers),
      },
      hasBody: body !== undefined,
    };
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const { url, method, headers, hasBody } = hop;
      if (request.allowList && !fitsAllowList(url, request.allowList))
        throw new StepError('ADDRESS_REFUSED', said('failure.allowList', { address: short(url.href) }));
      await guard.check(url);
      const answer = await send(url, {
        method: method as Dispatcher.HttpMethod,
        headers,
        body: hasBody && body ? body.content() : null,
        signal,
        dispatcher: guard.dispatcher,
      });
      const next = redirected(hop, answer.statusCode, headerOf(answer.headers, 'location'));
      if (!next) {
        const isFile = request.receive !== undefined && answer.statusCode >= 200 && answer.statusCode < 300;
        return isFile ? receive(request, answer, url) : read(answer, url);
      }
      await answer.body.dump();
      hop = next;
    }
    throw new StepError('CALL_FAILED', said('failure.redirects', { address: short(request.url), count: maxRedirects }));
  }

  async function receive(request: HttpRequest, answer: Dispatcher.ResponseData, url: URL): Promise<HttpAnswer> {
    const headers = headersOf(answer);
    const mediaType = headers['content-type'] ?? 'application/octet-stream';
    try {
      const body = await request.receive?.({ name: nameOf(headers, url), mediaType, content: answer.body });
      return { status: answer.statusCode, headers, body: body ?? null };
    } finally {
      // Whoever took it may have stopped in the middle.
      answer.body.destroy();
    }
  }

  async function read(answer: Dispatcher.ResponseData, url: URL): Promise<HttpAnswer> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes) {
        answer.body.destroy();
        throw new StepError(
          'ANSWER_TOO_LARGE',
          said('failure.answerTooLarge', { address: short(url.href), limit: Math.round(maxBytes / 1024 / 1024) }),
        );
      }
      parts.push(part);
    }
    const text = Buffer.concat(parts).toString('utf8');
    const headers = headersOf(answer);
    return { status: answer.statusCode, headers, body: parsed(text, headers['content-type'] ?? '') };
  }
}

function parse(text: string, query: Record<string, string>): URL {
  if (!URL.canParse(text))
    throw new StepError('ADDRESS_INVALID', said('failure.address', { address: text.slice(0, 200) }));
  const url = new URL(text);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}

interface Body {
  content(): string | Readable;
  type: string;
  /** in bytes, where it is streamed */
  size?: number;
}

function bodyOf({ body, method }: HttpRequest): Body | undefined {
  if (!body || method === 'GET' || method === 'HEAD') return undefined;
  switch (body.kind) {
    case 'json': {
      const text = JSON.stringify(body.value);
      return { content: () => text, type: 'application/json' };
    }
    case 'text':
      return { content: () => body.value, type: 'text/plain; charset=utf-8' };
    case 'file':
      return { content: () => Readable.from(body.content()), type: body.mediaType, size: body.size };
  }
}

function timeoutOf(request: HttpRequest, options: HttpOptions): number {
  const isFile = request.receive !== undefined || request.body?.kind === 'file';
  const seconds = request.timeoutSeconds ?? (isFile ? fileTimeout : (options.timeoutSeconds ?? 60));
  // A clock of the host waits no longer than 24.8 days.
  return Math.min(seconds, 2_000_000);
}

/** What a file is called: as the answer says, else as the address ends. */
function nameOf(headers: Record<string, string>, url: URL): string {
  const stated = /filename="?([^";]+)"?/i.exec(headers['content-disposition'] ?? '')?.[1];
  const last = (stated ?? url.pathname).split(/[/\\]/).at(-1)?.trim();
  return last || url.hostname;
}

function headersOf(answer: Dispatcher.ResponseData): Record<string, string> {
  return Object.fromEntries(Object.keys(answer.headers).map((name) => [name, headerOf(answer.headers, name) ?? '']));
}

function lower(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function parsed(text: string, type: string): Json {
  if (text === '') return null;
  if (!/[/+]json/i.test(type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new StepError('ANSWER_INVALID', said('failure.answerNoJson'));
  }
}

/** An address without its query, which may hold what should not be shown. */
function short(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}
