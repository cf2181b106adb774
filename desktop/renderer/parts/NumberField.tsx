import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { numberMarks } from '../messages/formats.ts';

export interface NumberFieldProps {
  label: string;
  /** undefined = nothing is set */
  value: number | undefined;
  /** undefined where the field was emptied; only when `optional` */
  onCommit: (value: number | undefined) => void;
  optional?: boolean;
  min?: number;
  max?: number;
  /** whole numbers only; default true */
  whole?: boolean;
  suffix?: string;
  description?: string;
  placeholder?: string;
  disabled?: boolean;
  hideLabel?: boolean;
  className?: string;
}

/** A number that is taken over when the field is left or Enter is pressed, within its bounds. */
export function NumberField({
  label,
  value,
  onCommit,
  optional = false,
  min = 0,
  max = 1_000_000_000,
  whole = true,
  hideLabel = false,
  ...rest
}: NumberFieldProps) {
  const [typed, setTyped] = useState<string | number>(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  const commit = () => {
    if (typed === '') {
      if (!optional) setTyped(value ?? '');
      else if (value !== undefined) onCommit(undefined);
      return;
    }
    const number = Math.min(max, Math.max(min, Number(typed)));
    if (!Number.isFinite(number)) return;
    setTyped(number);
    if (number !== value) onCommit(number);
  };
  return (
    <NumberInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      value={typed}
      min={min}
      max={max}
      clampBehavior="none"
      allowDecimal={!whole}
      {...numberMarks()}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
