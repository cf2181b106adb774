import type { Json } from '@rondo/shared/oas/json.ts';
import { parseAs } from '@rondo/shared/oas/parse.ts';
import { useState } from 'react';
import { problemsWords } from '../../../messages/saidWords.ts';
import { useT } from '../../../messages/useT.ts';
import { AreaField } from '../fields.tsx';

interface Props {
  label: string;
  description?: string;
  value: Json;
  /** what an empty field means */
  empty: null | undefined;
  disabled: boolean;
  onCommit: (value: Json | undefined) => void;
}

/** A value that has no form of its own, as JSON; what cannot be read stays in the field and says why. */
export function JsonField({ value, empty, onCommit, ...rest }: Props) {
  const t = useT();
  const [wrong, setWrong] = useState<string | undefined>();
  return (
    <AreaField
      {...rest}
      mono
      rows={2}
      error={wrong}
      value={value === null ? '' : JSON.stringify(value, null, 2)}
      onCommit={(text) => {
        if (text.trim() === '') {
          setWrong(undefined);
          onCommit(empty);
          return;
        }
        const read = parseAs(text, 'json');
        setWrong(read.ok ? undefined : problemsWords(read.problems.slice(0, 1), t));
        if (read.ok) onCommit(read.value);
      }}
    />
  );
}
