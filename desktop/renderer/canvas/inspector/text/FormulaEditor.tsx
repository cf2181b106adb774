import { useMemo } from 'react';
import type { CodeProps } from './CodeView.tsx';
import { CodeView } from './CodeView.tsx';
import type { Suggested } from './formulaLanguage.ts';
import { formulaLanguage } from './formulaLanguage.ts';

/** A formula, with the names that it may use. */
export default function FormulaEditor({
  names,
  ...rest
}: Omit<CodeProps, 'extensions'> & { names: readonly Suggested[] }) {
  const extensions = useMemo(() => formulaLanguage(names), [names]);
  return <CodeView {...rest} extensions={extensions} />;
}
