import { api } from '../../api/client.ts';
import { saveFile } from '../../flow/saveFile.ts';
import type { Words } from '../../messages/useT.ts';
import { tellFailure } from '../../parts/tell.ts';

/** Saves a flow's draft as a file; says so where that does not work. */
export async function exportFlow(flow: { id: string; name: string }, t: Words): Promise<void> {
  try {
    const { fileName, text } = await api.flow.export.query({ flowId: flow.id });
    saveFile(fileName, text);
  } catch (error) {
    tellFailure(error, t('flows.export.failed', { name: flow.name }));
  }
}
