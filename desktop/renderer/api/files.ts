import { loadTexts, spokenWords } from '../messages/language.ts';
import { ApiError, offline, refusalOf } from './errors.ts';

export interface KeptFile {
  ref: string;
  id: string;
  name: string;
  /** bytes */
  size: number;
  mediaType: string;
}

export interface RunningUpload {
  /** rejects with an ApiError; `STOPPED` after `stop` */
  done: Promise<KeptFile>;
  stop(): void;
}

/** Uploads a file. @param onProgress told the share that has gone up, from 0 to 1 */
export function uploadFile(
  file: File,
  { form, onProgress }: { form?: string | undefined; onProgress: (share: number) => void },
): RunningUpload {
  // fetch tells nothing of the progress of what it sends.
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ name: file.name, ...(form !== undefined && { form }) });
  const done = new Promise<KeptFile>((resolve, reject) => {
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status === 200) resolve(request.response as KeptFile);
      else void refusal(request).then(reject);
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new ApiError('STOPPED', spokenWords()('parts.file.stopped')));
  });
  request.open('POST', `/files?${query}`);
  request.responseType = 'json';
  request.setRequestHeader('content-type', file.type || 'application/octet-stream');
  request.send(file);
  return { done, stop: () => request.abort() };
}

async function refusal(request: XMLHttpRequest): Promise<ApiError> {
  await loadTexts(['said']).catch(() => undefined);
  const body = request.response as { error?: unknown } | null;
  return refusalOf(body?.error) ?? new ApiError('REFUSED', request.statusText);
}
