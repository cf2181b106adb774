import { fileIdOf, fileRef } from '@rondo/shared/runs/largeValue.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Pool } from 'pg';
import { type FilePort, StepError } from '../engine/ports.ts';
import { type BlobStore, TooLargeError } from './blobStore.ts';
import { findFileOfRun, keepFileOfRun, openContent } from './storedFiles.ts';

/** What the steps of one run do with files: they read those of their run, and make new ones for it. */
export function filePort(pool: Pool, blobs: BlobStore, runId: string, limitBytes: number): FilePort {
  return {
    async open(ref) {
      const id = fileIdOf(ref);
      const file = id === undefined ? undefined : await findFileOfRun(pool, runId, id);
      const content = file && (await openContent(blobs, file));
      if (!file || !content)
        throw new StepError('FILE_MISSING', said('failure.fileMissing', { file: ref.slice(0, 100) }));
      return { name: file.name, mediaType: file.mediaType, size: file.size, content: () => content.read() };
    },
    async save({ name, mediaType, content }) {
      try {
        const file = await keepFileOfRun(pool, blobs, { runId, name, mediaType, content, limit: limitBytes });
        return fileRef(file.id);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        const limit = Math.floor(error.limit / 1024 / 1024);
        throw new StepError('FILE_TOO_LARGE', said('failure.fileTooLarge', { file: name, limit }));
      }
    },
  };
}
