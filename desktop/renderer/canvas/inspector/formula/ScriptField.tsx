import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useEditorPage } from '../../EditorContext.tsx';
import { useDraftText } from '../useDraftText.ts';
import { ScriptInput } from './ScriptInput.tsx';

interface Props {
  node: NodeView;
  label: string;
  value: string;
  onCommit: (text: string) => void;
}

/** The script of a step. */
export function ScriptField({ node, label, value, onCommit }: Props) {
  const { editable } = useEditorPage();
  const draft = useDraftText(value, onCommit);
  return (
    <ScriptInput
      label={label}
      text={draft.text}
      inputs={node.inputs}
      readOnly={!editable}
      onChange={draft.change}
      onBlur={draft.flush}
    />
  );
}
