import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useT } from '../messages/useT.ts';
import type { Help } from './help.ts';
import './fieldHelp.css';

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
          aria-label={t('fieldHelp.about', { field: label })}
          aria-expanded={opened}
          data-help-mark
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

interface Props {
  label: string;
  help: Help | undefined;
  children: ReactNode;
}

/** A field with the question mark for its help at the end of its label's line. */
export function WithHelp({ label, help, children }: Props) {
  if (!help) return children;
  return (
    <div className="field-with-help" data-help>
      {children}
      <span className="field-help-mark">
        <FieldHelp label={label} help={help} />
      </span>
    </div>
  );
}
