import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../messages/useT.ts';

/** The flow's name; a click (or Enter) turns it into a field. */
export function NameInPlace({
  name,
  editable,
  onRename,
}: {
  name: string;
  editable: boolean;
  onRename: (name: string) => Promise<void>;
}) {
  const t = useT();
  const [text, setText] = useState<string | null>(null);
  if (!editable) return <b>{name}</b>;
  if (text === null) {
    return (
      <button type="button" className="flow-name" title={t('flow.rename')} onClick={() => setText(name)}>
        <b>{name}</b>
      </button>
    );
  }
  const done = (keep: boolean) => {
    const next = text.trim();
    setText(null);
    if (keep && next && next !== name) void onRename(next);
  };
  return (
    <TextInput
      autoFocus
      aria-label={t('flow.name')}
      size="sm"
      w={260}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => done(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done(true);
        if (event.key === 'Escape') done(false);
      }}
    />
  );
}
