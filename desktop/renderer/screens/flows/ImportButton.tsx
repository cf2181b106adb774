import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import type { FlowImport } from './useImportFlow.ts';

export const importTypes = '.json,.yaml,.yml,.json5,application/json,application/yaml';

/** Chooses a file and imports it. */
export function ImportButton({ flowImport }: { flowImport: FlowImport }) {
  const t = useT();
  return (
    <FileButton
      accept={importTypes}
      onChange={(file) => {
        if (file) flowImport.importFile(file);
      }}
    >
      {(props) => (
        <Button {...props} variant="default" loading={flowImport.busy} leftSection={<IconUpload size={16} />}>
          {t('shell.do.import')}
        </Button>
      )}
    </FileButton>
  );
}
