import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advance } from '../engine/advance.ts';
import { type FilePort, type OpenFile, type SegmentEnd, StepError } from '../engine/ports.ts';
import { chain } from '../work/testFlows.ts';
import { makeHttp } from './http.ts';

const mebibyte = 1024 * 1024;
/** larger than an answer that is read as JSON or text may be */
const large = 9 * mebibyte;
const limit = 20 * mebibyte;

interface Call {
  url: string;
  headers: IncomingMessage['headers'];
  bytes: number;
  start: string;
}

const calls: Call[] = [];
let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { url = '', headers } = request;
    let bytes = 0;
    let start = '';
    for await (const part of request as AsyncIterable<Buffer>) {
      if (bytes === 0) start = part.toString('utf8').slice(0, 20);
      bytes += part.length;
    }
    calls.push({ url, headers, bytes, start });
    if (url === '/moved') response.writeHead(307, { location: '/take' }).end();
    else if (url === '/take') response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    else if (url === '/broken') response.writeHead(500, { 'content-type': 'text/plain' }).end('no');
    else if (url === '/endless') {
      response.writeHead(200, { 'content-type': 'application/zip' });
      const more = () => {
        while (response.write(Buffer.alloc(mebibyte)));
      };
      response.on('drain', more);
      more();
    } else {
      response.writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="report.pdf"',
      });
      response.end(Buffer.alloc(large, 'x'));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The engine's own contract for files, in memory. */
class Shelf implements FilePort {
  readonly files = new Map<string, { name: string; mediaType: string; bytes: Buffer }>();

  async open(ref: string): Promise<OpenFile> {
    const file = this.files.get(ref);
    if (!file) throw new StepError('FILE_MISSING', quoted('There is no such file.'));
    const { name, mediaType, bytes } = file;
    return {
      name,
      mediaType,
      size: bytes.length,
      async *content() {
        for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
      },
    };
  }

  async save(file: { name: string; mediaType: string; content: AsyncIterable<Uint8Array> }): Promise<string> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of file.content) {
      size += part.length;
      if (size > limit) throw new StepError('FILE_TOO_LARGE', quoted('The file is larger than 20 MiB.'));
      parts.push(part);
    }
    const ref = `rondo:file/f${this.files.size + 1}`;
    this.files.set(ref, { name: file.name, mediaType: file.mediaType, bytes: Buffer.concat(parts) });
    return ref;
  }
}

const file = (title: string): JsonObject => ({ title, type: 'string', format: 'rondo-file' });
const text = (title: string): JsonObject => ({ title, type: 'string' });

async function run(steps: JsonObject[], inputs: JsonObject, outputs: JsonObject[], files?: Shelf): Promise<SegmentEnd> {
  const http = makeHttp({ allowPrivate: true, allowedOrigins: [] });
  const refuse = async (): Promise<never> => {
    throw new StepError('NOT_HERE', quoted('Nothing of the kind in this test.'));
  };
  try {
    return await advance({
      runId: 'r1',
      document: chain(steps, Object.keys(inputs).map(text), outputs),
      journal: [],
      pending: [
        {
          kind: 'run_started',
          at: new Date().toISOString(),
          actor: { kind: 'system', id: 's', name: 'S' },
          trigger: 'test',
          inputs: inputs as { [name: string]: string },
        },
      ],
      ports: {
        now: () => new Date(),
        models: { complete: refuse },
        http,
        sandbox: { template: refuse, formula: refuse, script: refuse },
        serverTool: () => undefined,
        resolve: async () => undefined,
        ...(files && { files }),
      },
      append: async () => undefined,
      signal: new AbortController().signal,
    });
  } finally {
    await http.close();
  }
}

function api(id: string, path: string, more: JsonObject): JsonObject {
  return { component_type: 'ApiNode', id, name: id, url: origin + path, http_method: 'POST', outputs: [], ...more };
}

function builtin(id: string, kind: string, inputs: JsonObject[], outputs: JsonObject[]): JsonObject {
  const tool = { component_type: 'BuiltinTool', id: `${id}-t`, name: id, tool_type: kind, inputs, outputs };
  return { component_type: 'ToolNode', id, name: id, tool };
}

describe('files in steps', () => {
  it('an answer larger than any text is kept as a file, and goes out again as the body of a call', async () => {
    const shelf = new Shelf();
    const end = await run(
      [
        api('get', '/report', { http_method: 'GET', outputs: [file('report')] }),
        api('send', '/moved', { data: '{{ report }}' }),
      ],
      {},
      [file('report')],
      shelf,
    );
    expect(end).toMatchObject({ state: 'succeeded', outputs: { report: 'rondo:file/f1' } });
    expect(shelf.files.get('rondo:file/f1')).toMatchObject({ name: 'report.pdf', mediaType: 'application/pdf' });
    expect(calls.at(-1)).toMatchObject({
      url: '/take',
      bytes: large,
      headers: { 'content-type': 'application/pdf', 'content-length': String(large), 'idempotency-key': 'r1:send:1' },
    });
  });

  it('an error is read as text, not kept; a file that is too large is let go of', async () => {
    const shelf = new Shelf();
    const broken = await run([api('get', '/broken', { outputs: [file('it')] })], {}, [], shelf);
    expect(broken).toMatchObject({ state: 'failed', error: { code: 'HTTP_STATUS' } });
    const endless = await run([api('get', '/endless', { outputs: [file('it')] })], {}, [], shelf);
    expect(endless).toMatchObject({ state: 'failed', error: { code: 'FILE_TOO_LARGE' } });
    expect(shelf.files.size).toBe(0);
  });

  it('a text becomes a file, and a file a text, up to a size', async () => {
    const shelf = new Shelf();
    const write = builtin('write', 'rondo.write_file', [text('name'), text('text')], [file('file')]);
    const read = builtin('read', 'rondo.read_file', [file('file')], [text('words')]);
    const end = await run([write, read], { name: 'a.txt', text: 'Grüße' }, [text('words')], shelf);
    expect(end).toMatchObject({ state: 'succeeded', outputs: { words: 'Grüße' } });
    expect([...shelf.files.values()]).toMatchObject([{ name: 'a.txt', mediaType: 'text/plain; charset=utf-8' }]);

    const tooLarge = await run([api('get', '/report', { outputs: [file('file')] }), read], {}, [text('words')], shelf);
    expect(tooLarge).toMatchObject({ state: 'failed', error: { code: 'FILE_TOO_LARGE', step: 'read' } });
  });

  it('says so where no files are kept, or where a file is gone', async () => {
    const read = builtin('read', 'rondo.read_file', [text('file')], [text('words')]);
    const given = { file: 'rondo:file/gone' };
    expect(await run([read], given, [])).toMatchObject({ error: { code: 'FILES_NOT_HERE' } });
    expect(await run([read], given, [], new Shelf())).toMatchObject({ error: { code: 'FILE_MISSING' } });
    expect(await run([read], { file: 'a.txt' }, [], new Shelf())).toMatchObject({ error: { code: 'INPUT_INVALID' } });
  });
});
