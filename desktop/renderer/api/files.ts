import { ApiError } from './errors.ts';

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
      else reject(refusalOf(request));
    };
    request.onerror = () =>
      reject(new ApiError('OFFLINE', 'The server does not answer. Check the connection and try again.'));
    request.onabort = () => reject(new ApiError('STOPPED', 'The upload was stopped.'));
  });
  request.open('POST', `/files?${query}`);
  request.responseType = 'json';
  request.setRequestHeader('content-type', file.type || 'application/octet-stream');
  request.send(file);
  return { done, stop: () => request.abort() };
}

function refusalOf(request: XMLHttpRequest): ApiError {
  const body = request.response as { error?: { code?: string; message?: string } } | null;
  return new ApiError(body?.error?.code ?? 'REFUSED', body?.error?.message ?? request.statusText);
}
