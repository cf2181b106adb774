import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type ReactNode, Suspense, useId } from 'react';
import { useT } from '../../../messages/useT.ts';
import type { Help } from '../../../parts/help.ts';
import { titleOf } from '../../gesture.ts';
import { FieldLabel } from '../FieldLabel.tsx';
import '../text/text.css';

/** What an editor of code is called by those who hear it. */
export interface CodeNames {
  name: { labelledBy: string };
  describedBy: string;
}

interface Props {
  label: string;
  help: Help;
  /** shown until the editor is there */
  text: string;
  /** the values that the code may use */
  inputs: readonly JsonObject[];
  onLabel?: () => void;
  editor: (names: CodeNames) => ReactNode;
  children?: ReactNode;
}

/** A field for code: its label with help, the names that may be used in it, and the editor, which comes when it is needed. */
export function CodeField({ label, help, text, inputs, onLabel, editor, children }: Props) {
  const t = useT();
  const id = useId();
  return (
    <div className="text-field" data-help>
      <FieldLabel id={`${id}-label`} label={label} help={help} {...(onLabel && { onClick: onLabel })} />
      <p className="faint" id={`${id}-names`}>
        {inputs.length > 0
          ? t('canvas.code.mayUse', { names: inputs.map(titleOf).join(', ') })
          : t('canvas.code.noInputs')}
      </p>
      <Suspense fallback={<div className="text-box-waiting text-box-code">{text}</div>}>
        {editor({ name: { labelledBy: `${id}-label` }, describedBy: `${id}-names` })}
      </Suspense>
      {children}
    </div>
  );
}
