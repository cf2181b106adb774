import type { TextInputProps } from '@mantine/core';
import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDraftText } from './useDraftText.ts';

interface TextProps {
  label: string;
  value: string;
  onCommit: (text: string) => void;
  description?: string;
  placeholder?: string;
  error?: string | undefined;
  disabled?: boolean;
  hideLabel?: boolean;
  mono?: boolean;
  inputProps?: TextInputProps;
}

/** A line of text that is committed when it is left or after a short rest. */
export function LineField({ label, value, onCommit, hideLabel, mono, inputProps, ...rest }: TextProps) {
  const draft = useDraftText(value, onCommit);
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      {...inputProps}
      value={draft.text}
      onChange={(event) => draft.change(event.currentTarget.value)}
      onBlur={draft.flush}
      onKeyDown={(event) => event.key === 'Enter' && draft.flush()}
      styles={mono ? { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } } : {}}
    />
  );
}

/** Several lines of text, committed in the same way. */
export function AreaField({
  label,
  value,
  onCommit,
  hideLabel,
  mono,
  rows = 3,
  ...rest
}: TextProps & { rows?: number }) {
  const draft = useDraftText(value, onCommit);
  return (
    <Textarea
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      autosize
      minRows={rows}
      maxRows={18}
      value={draft.text}
      onChange={(event) => draft.change(event.currentTarget.value)}
      onBlur={draft.flush}
      spellCheck={!mono}
      styles={mono ? { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } } : {}}
    />
  );
}

/** A titled part of the inspector. */
export function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="inspector-part">
      <header>
        <h3>{title}</h3>
        {action}
      </header>
      {children}
    </section>
  );
}
