import type { Problem } from '@rondo/shared/oas/problems.ts';
import { useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import { ApiError } from '../../api/errors.ts';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { tell } from '../../parts/tell.ts';

/** The largest file that is sent; the server says so too, but a large file need not travel first. */
const mostBytes = 8 * 1024 * 1024;

export interface ImportFailure {
  fileName: string;
  message: string;
  problems: Problem[];
}

export interface FlowImport {
  importFile: (file: File) => void;
  busy: boolean;
  failure: ImportFailure | null;
  forget: () => void;
}

/** Imports an Agent Spec file and opens it on the canvas; what is wrong with one that is refused is kept to be shown. */
export function useImportFlow(): FlowImport {
  const t = useT();
  const [, navigate] = useLocation();
  const write = useWrite('flow', 'import', ['flow', 'home']);
  const [failure, setFailure] = useState<ImportFailure | null>(null);
  const { mutateAsync, isPending } = write;
  const importFile = useCallback(
    async (file: File) => {
      setFailure(null);
      try {
        if (file.size > mostBytes) throw new ApiError('TOO_LARGE', t('flows.import.tooLarge'));
        const text = await readText(file, t('flows.import.notText'));
        const { flowId, problems } = await mutateAsync({ text, fileName: file.name });
        const count = problems.length;
        tell(
          count === 0
            ? t('flows.import.done', { name: file.name })
            : t('flows.import.doneWith', { name: file.name, count }),
        );
        navigate(`/flows/${flowId}`);
      } catch (error) {
        const refused = error instanceof ApiError ? error : new ApiError('UNKNOWN', String(error));
        setFailure({ fileName: file.name, message: refused.message, problems: refused.problems });
      }
    },
    [mutateAsync, navigate, t],
  );
  return {
    importFile: (file) => void importFile(file),
    busy: isPending,
    failure,
    forget: () => setFailure(null),
  };
}

/** The text of a file, byte for byte (a byte order mark stays). @throws {ApiError} when it is not UTF-8 */
async function readText(file: File, message: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    throw new ApiError('INVALID', message);
  }
}
