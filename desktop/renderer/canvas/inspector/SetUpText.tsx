import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { useEditorPage } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { placeOf, setIn } from '../gesture.ts';
import { DeclaredValues } from './DeclaredValues.tsx';
import { Part } from './fields.tsx';
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
  const write = useWriter(node, 'prompt_template');
  return (
    <>
      <TemplateField
        node={node}
        label={t('canvas.ai.prompt')}
        help={{ words: 'fieldHelp.ai.prompt', example: 'fieldHelp.ai.prompt.example' }}
        value={textAt(node, 'prompt_template')}
        placeholder={t('canvas.ai.promptHint')}
        rows={6}
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.ai.prompt') })}
        write={write}
      />
      <SetUpModel owner={node.component} name={node.name} />
      <Part
        title={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
      >
        <p className="faint">{t('canvas.ai.outputsHelp')}</p>
        <DeclaredValues node={node} side="outputs" />
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
      help={{ words: 'fieldHelp.message.text', example: 'fieldHelp.message.text.example' }}
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
  const write = useWriter(node, 'message', true);
  return (
    <>
      <TemplateField
        node={node}
        label={t('canvas.question.text')}
        help={{ words: 'fieldHelp.question.text', example: 'fieldHelp.question.text.example' }}
        value={textAt(node, 'message')}
        rows={3}
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.question.text') })}
        write={write}
      />
      <Part
        title={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
      >
        <DeclaredValues node={node} side="outputs" fixed />
        {editable && <p className="faint">{t('canvas.question.answerHelp')}</p>}
      </Part>
    </>
  );
}
