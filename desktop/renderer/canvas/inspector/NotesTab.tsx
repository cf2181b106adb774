import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditorPage } from '../EditorContext.tsx';
import { placeOf, setRondo } from '../gesture.ts';
import { AreaField } from './fields.tsx';

/** A note for those who draw; it travels with the document and does nothing. */
export function NotesTab({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const run = useCommands();
  return (
    <AreaField
      label={t('canvas.notes.label')}
      description={t('canvas.notes.help')}
      rows={8}
      disabled={!editable}
      value={typeof node.rondo.note === 'string' ? node.rondo.note : ''}
      onCommit={(text) =>
        run(
          t('canvas.gesture.note', { name: node.name }),
          setRondo(placeOf(node.component), 'note', text === '' ? undefined : text),
        )
      }
    />
  );
}
