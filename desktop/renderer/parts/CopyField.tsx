import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useT } from '../messages/useT.ts';
import { monospaceInput } from './monospace.ts';

/** A text that can only be read and copied: a link, a key, an address. */
export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  const t = useT();
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      styles={monospaceInput}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('parts.copied') : t('parts.copy')}>
              <ActionIcon variant="subtle" onClick={copy} aria-label={copied ? t('parts.copied') : t('parts.copy')}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  );
}
