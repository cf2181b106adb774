import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { assignmentOf, dueSecondsOf, isForEveryone } from '@rondo/shared/runs/assignment.ts';
import { useT } from '../../messages/useT.ts';
import { AssigneeFields } from '../../parts/AssigneeFields.tsx';
import { DurationField } from '../../parts/DurationField.tsx';
import { useEditorPage, useGesture } from '../EditorContext.tsx';
import { type Place, partOf, setRondo } from '../gesture.ts';
import { rondoData } from '../stepKinds.ts';
import { Part } from './fields.tsx';

/** Whom a review is for, and how long they have. Nobody named: everyone who may decide. */
export function WhoDecides({ node, tool }: { node: NodeView; tool: Place }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const data = rondoData(tool.value);
  const write = (field: 'assign' | 'dueSeconds', value: Parameters<typeof setRondo>[2]) =>
    gesture(t('canvas.gesture.whoDecides', { name: node.name }), (draft) => {
      const place = partOf(draft.tree, draft.node(node.id)?.component ?? {}, 'tool');
      if (place) draft.run(setRondo(place, field, value));
    });
  return (
    <Part
      title={t('canvas.review.who')}
      help={{ words: 'fieldHelp.review.who', example: 'fieldHelp.review.who.example' }}
    >
      <AssigneeFields
        value={assignmentOf(data)}
        everyone={t('canvas.review.everyone')}
        unknown={(names) => t('canvas.review.unknown', { names })}
        disabled={!editable}
        onChange={(next) => write('assign', isForEveryone(next) ? undefined : { ...next })}
      />
      <DurationField
        label={t('canvas.review.due')}
        placeholder={t('canvas.review.noDue')}
        optional
        unit="days"
        seconds={dueSecondsOf(data)}
        disabled={!editable}
        onCommit={(seconds) => write('dueSeconds', seconds && seconds > 0 ? seconds : undefined)}
      />
      <p className="faint">{t('canvas.review.dueHelp')}</p>
    </Part>
  );
}
