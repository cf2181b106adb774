import { Select } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../messages/useT.ts';
import { NumberField } from './NumberField.tsx';

const units = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof units;
const unitNames = Object.keys(units) as Unit[];

interface Props {
  label: string;
  /** undefined = none is set */
  seconds: number | undefined;
  onCommit: (seconds: number | undefined) => void;
  /** the field may be left empty */
  optional?: boolean;
  /** seconds */
  min?: number;
  max?: number;
  description?: string;
  placeholder?: string;
  disabled?: boolean;
  /** the unit to begin with where nothing is set */
  unit?: Unit;
}

/** A length of time: a number and its unit. */
export function DurationField({ label, seconds, onCommit, min = 0, max = 315_360_000, unit: first, ...rest }: Props) {
  const t = useT();
  const [unit, setUnit] = useState<Unit>(() => unitOf(seconds) ?? first ?? 'seconds');
  const size = units[unit];
  return (
    <div className="duration-field">
      <NumberField
        {...rest}
        label={label}
        className="grow"
        whole={false}
        min={min / size}
        max={max / size}
        value={seconds === undefined ? undefined : seconds / size}
        onCommit={(value) => onCommit(value === undefined ? undefined : value * size)}
      />
      <Select
        aria-label={t('parts.unitOf', { label })}
        data={unitNames.map((value) => ({ value, label: t(`parts.unit.${value}`) }))}
        value={unit}
        allowDeselect={false}
        disabled={rest.disabled ?? false}
        w={104}
        onChange={(value) => {
          const next = unitNames.find((name) => name === value);
          if (!next) return;
          setUnit(next);
          if (seconds !== undefined) onCommit(Math.min(max, Math.max(min, (seconds / size) * units[next])));
        }}
      />
    </div>
  );
}

/** The largest unit of which a length is a whole number. */
function unitOf(seconds: number | undefined): Unit | undefined {
  if (seconds === undefined || seconds <= 0) return undefined;
  return unitNames.findLast((unit) => seconds % units[unit] === 0);
}
