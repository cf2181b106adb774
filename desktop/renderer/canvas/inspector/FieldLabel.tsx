import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import type { Help } from './help.ts';

interface Props {
  /** the id of the words, for the field that they name */
  id: string;
  label: string;
  help?: Help | undefined;
  onClick?: () => void;
}

/** The name of a field, with the help for it. */
export function FieldLabel({ id, label, help, onClick }: Props) {
  return (
    <div className="text-field-label">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: like a label, it only helps the pointer */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field itself is reached by keyboard */}
      <span id={id} onClick={onClick}>
        {label}
      </span>
      {help && <FieldHelp label={label} help={help} />}
    </div>
  );
}

/** The question mark beside a field: a sentence or two about it, and an example. */
export function FieldHelp({ label, help }: { label: string; help: Help }) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={260} position="bottom-start" shadow="md" withRoles={false}>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={20}
          aria-label={t('canvas.help.about', { field: label })}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          onBlur={() => setOpened(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !opened) return;
            event.stopPropagation();
            setOpened(false);
          }}
        >
          <IconHelp size={14} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" role="note">
        <div className="field-help" role="status">
          <p>{t(help.words)}</p>
          {help.example && <p className="field-help-example">{t(help.example)}</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
