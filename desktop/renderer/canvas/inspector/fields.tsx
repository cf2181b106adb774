import type { TextInputProps } from '@mantine/core';
import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { FieldHelp, WithHelp } from '../../parts/FieldHelp.tsx';
import type { Help } from '../../parts/help.ts';
import { monospaceInput } from '../../parts/monospace.ts';
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
  help?: Help | undefined;
  inputProps?: TextInputProps;
}

/** A line of text that is committed when it is left or after a short rest. */
export function LineField({ label, value, onCommit, hideLabel, mono, help, inputProps, ...rest }: TextProps) {
  const draft = useDraftText(value, onCommit);
  return (
    <WithHelp label={label} help={help}>
      <TextInput
        {...(hideLabel ? { 'aria-label': label } : { label })}
        {...rest}
        {...inputProps}
        value={draft.text}
        onChange={(event) => draft.change(event.currentTarget.value)}
        onBlur={draft.flush}
        onKeyDown={(event) => event.key === 'Enter' && draft.flush()}
        styles={mono ? monospaceInput : {}}
      />
    </WithHelp>
  );
}

/** Several lines of text, committed in the same way. */
export function AreaField({
  label,
  value,
  onCommit,
  hideLabel,
  mono,
  help,
  rows = 3,
  ...rest
}: TextProps & { rows?: number }) {
  const draft = useDraftText(value, onCommit);
  return (
    <WithHelp label={label} help={help}>
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
        styles={mono ? monospaceInput : {}}
      />
    </WithHelp>
  );
}

/** A titled part of the inspector. */
export function Part({
  title,
  action,
  help,
  children,
}: {
  title: string;
  action?: ReactNode;
  /** about all that stands in it */
  help?: Help;
  children: ReactNode;
}) {
  return (
    <section className="inspector-part" data-help={help && true}>
      <header>
        <h3>{title}</h3>
        {help && <FieldHelp label={title} help={help} />}
        {action && <div className="part-action">{action}</div>}
      </header>
      {children}
    </section>
  );
}
