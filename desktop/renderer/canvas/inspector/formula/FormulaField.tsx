import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useEditorPage } from '../../EditorContext.tsx';
import { useDraftText } from '../useDraftText.ts';
import { FormulaInput } from './FormulaInput.tsx';
import { useInputSamples } from './useInputSamples.ts';

interface Props {
  node: NodeView;
  label: string;
  value: string;
  onCommit: (text: string) => void;
}

/** The formula of a step, worked out with the last real values. */
export function FormulaField({ node, label, value, onCommit }: Props) {
  const { editable } = useEditorPage();
  const draft = useDraftText(value, onCommit);
  return (
    <FormulaInput
      label={label}
      text={draft.text}
      inputs={node.inputs}
      {...useInputSamples(node)}
      readOnly={!editable}
      onChange={draft.change}
      onBlur={draft.flush}
    />
  );
}
