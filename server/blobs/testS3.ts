import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that speaks S3's wire format as far as we use it, for tests: objects live in memory. */
export interface TestS3 {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** what was asked of it, e.g. `PUT` or `PUT part` */
  calls: string[];
  close(): Promise<void>;
}

export async function openTestS3(): Promise<TestS3> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const calls: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const key = decodeURIComponent(url.pathname);
    const query = url.searchParams;
    if (!/^AWS4-HMAC-SHA256 Credential=.+, Signature=[0-9a-f]{64}$/.test(request.headers.authorization ?? ''))
      return xml(response, 403, '<Error><Code>AccessDenied</Code></Error>');
    const body = await bodyOf(request);
    const uploadId = query.get('uploadId');
    const part = query.get('partNumber');
    if (request.method === 'POST' && query.has('uploads')) {
      const id = `upload-${uploads.size + 1}`;
      uploads.set(id, new Map());
      calls.push('POST uploads');
      return xml(
        response,
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (request.method === 'PUT' && uploadId && part) {
      uploads.get(uploadId)?.set(Number(part), body);
      calls.push('PUT part');
      response.writeHead(200, { etag: `"${part}"` }).end();
      return;
    }
    if (request.method === 'POST' && uploadId) {
      const parts = [...(uploads.get(uploadId) ?? [])].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      objects.set(key, Buffer.concat(parts));
      uploads.delete(uploadId);
      calls.push('POST complete');
      return xml(response, 200, '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
    }
    if (request.method === 'POST' && query.has('delete')) {
      for (const [, name] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g))
        objects.delete(`${key.replace(/\/$/, '')}/${name}`);
      calls.push('POST delete');
      return xml(response, 200, '<DeleteResult></DeleteResult>');
    }
    if (request.method === 'DELETE') {
      if (uploadId) uploads.delete(uploadId);
      else objects.delete(key);
      calls.push(uploadId ? 'DELETE upload' : 'DELETE');
      response.writeHead(204).end();
      return;
    }
    if (request.method === 'PUT') {
      objects.set(key, body);
      calls.push('PUT');
      response.writeHead(200, { etag: '"whole"' }).end();
      return;
    }
    const object = objects.get(key);
    if (!object) return xml(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
    calls.push(request.method ?? '');
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const sent = range ? object.subarray(Number(range[1]), Number(range[2]) + 1) : object;
    response.writeHead(range ? 206 : 200, { 'content-length': sent.length, etag: '"whole"' });
    response.end(request.method === 'HEAD' ? undefined : sent);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${text}`);
}

/** The bytes that were sent, taken out of the chunks of a signed stream where they come so. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const sent = Buffer.concat(parts);
  if (!String(request.headers['content-encoding'] ?? '').includes('aws-chunked')) return sent;
  const chunks: Buffer[] = [];
  for (let at = 0; at < sent.length; ) {
    const end = sent.indexOf('\r\n', at);
    const size = Number.parseInt(sent.subarray(at, end).toString(), 16);
    if (!size) break;
    chunks.push(sent.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}
