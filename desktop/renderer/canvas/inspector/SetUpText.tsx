import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { declare } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { partOf, placeOf, setIn } from '../gesture.ts';
import { Part } from './fields.tsx';
import { PropertyList } from './PropertyList.tsx';
import { SetUpModel } from './SetUpModel.tsx';
import { TemplateField } from './TemplateField.tsx';

const textAt = (node: NodeView, field: string) => {
  const value = node.component[field];
  return typeof value === 'string' ? value : '';
};

function useWriter(node: NodeView, field: string, emptyIsNull = false) {
  return (draft: GestureDraft, text: string) => {
    const now = draft.node(node.id);
    if (now) draft.run(setIn(placeOf(now.component), field, text === '' && emptyIsNull ? null : text));
  };
}

/** "Write with AI": the prompt, the model, what comes out. */
export function SetUpAi({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const write = useWriter(node, 'prompt_template');
  return (
    <>
      <TemplateField
        node={node}
        label={t('canvas.ai.prompt')}
        value={textAt(node, 'prompt_template')}
        placeholder={t('canvas.ai.promptHint')}
        rows={6}
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.ai.prompt') })}
        write={write}
      />
      <SetUpModel owner={node.component} name={node.name} />
      <Part title={t('canvas.whatComesOut')}>
        <p className="faint">{t('canvas.ai.outputsHelp')}</p>
        <PropertyList
          properties={node.outputs}
          editable={editable}
          newName={t('canvas.newValue')}
          addLabel={t('canvas.addOutput')}
          onChange={(list, renamed) => {
            gesture(t('canvas.gesture.outputs', { name: node.name }), (draft) =>
              declare(draft, node.id, 'outputs', list, renamed),
            );
          }}
        />
      </Part>
    </>
  );
}

/** "Show a message". */
export function SetUpMessage({ node }: { node: NodeView }) {
  const t = useT();
  return (
    <TemplateField
      node={node}
      label={t('canvas.message.text')}
      value={textAt(node, 'message')}
      rows={4}
      gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.message.text') })}
      write={useWriter(node, 'message')}
    />
  );
}

/** "Ask a question": what is asked, and the name under which the answer goes on. */
export function SetUpQuestion({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const write = useWriter(node, 'message', true);
  return (
    <>
      <TemplateField
        node={node}
        label={t('canvas.question.text')}
        value={textAt(node, 'message')}
        rows={3}
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.question.text') })}
        write={write}
      />
      <Part title={t('canvas.whatComesOut')}>
        <PropertyList
          properties={node.outputs}
          editable={false}
          newName=""
          addLabel=""
          onChange={(list, renamed) => {
            gesture(t('canvas.gesture.outputs', { name: node.name }), (draft) =>
              declare(draft, node.id, 'outputs', list, renamed),
            );
          }}
        />
        {editable && <p className="faint">{t('canvas.question.answerHelp')}</p>}
      </Part>
    </>
  );
}

/** "Ask an agent": what it is told, and its model. */
export function SetUpAgent({ node }: { node: NodeView }) {
  const t = useT();
  const { tree } = useFlowView();
  const agent = partOf(tree, node.component, 'agent');
  if (!agent) return <p className="faint">{t('canvas.partMissing')}</p>;
  const prompt = agent.value.system_prompt;
  return (
    <>
      <TemplateField
        node={node}
        label={t('canvas.agent.prompt')}
        value={typeof prompt === 'string' ? prompt : ''}
        rows={6}
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.agent.prompt') })}
        write={(draft, text) => {
          const now = draft.node(node.id);
          const place = now && partOf(draft.tree, now.component, 'agent');
          if (place) draft.run(setIn(place, 'system_prompt', text));
        }}
      />
      <SetUpModel owner={agent.value} name={node.name} />
    </>
  );
}
