import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import type { Help } from '../../parts/help.ts';
import { configurationOf } from '../componentParts.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import { partOf } from '../gesture.ts';
import { configure } from './configuration.ts';
import { LineField } from './fields.tsx';
import { ToolValues } from './ToolValues.tsx';

/** "Callback address": the name that ties it to the wait that it ends. */
export function SetUpCallback({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  if (!partOf(tree, node.component, 'tool')) return <p className="faint">{t('canvas.partMissing')}</p>;
  const { name } = configurationOf(tree, node.component);
  return (
    <LineField
      label={t('canvas.callback.name')}
      help={{ words: 'fieldHelp.callback.name', example: 'fieldHelp.callback.name.example' }}
      description={t('canvas.callback.help')}
      value={typeof name === 'string' && name !== '' ? name : 'callback'}
      disabled={!editable}
      onCommit={(text) => {
        gesture(t('canvas.gesture.set', { name: node.name, field: t('canvas.callback.name') }), (draft) =>
          configure(draft, node.id, { name: text.trim() === '' ? undefined : text.trim() }),
        );
      }}
    />
  );
}

/** "Read a file" and "Write a file": what goes in and comes out, and for a new file its name. */
export function SetUpFile({ node, writes }: { node: NodeView; writes: boolean }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  if (!partOf(tree, node.component, 'tool')) return <p className="faint">{t('canvas.partMissing')}</p>;
  const configuration = configurationOf(tree, node.component);
  const field = (name: 'name' | 'media_type', label: string, placeholder: string, help: Help) => {
    const value = configuration[name];
    return (
      <LineField
        label={label}
        help={help}
        placeholder={placeholder}
        value={typeof value === 'string' ? value : ''}
        disabled={!editable}
        onCommit={(text) => {
          gesture(t('canvas.gesture.set', { name: node.name, field: label }), (draft) =>
            configure(draft, node.id, { [name]: text.trim() === '' ? undefined : text.trim() }),
          );
        }}
      />
    );
  };
  return (
    <>
      {writes &&
        field('name', t('canvas.file.name'), t('canvas.file.nameHint'), {
          words: 'fieldHelp.file.name',
          example: 'fieldHelp.file.name.example',
        })}
      {writes &&
        field('media_type', t('canvas.file.mediaType'), 'text/plain', {
          words: 'fieldHelp.file.mediaType',
          example: 'fieldHelp.file.mediaType.example',
        })}
      <p className="faint">{t(writes ? 'canvas.file.writeHelp' : 'canvas.file.readHelp')}</p>
      <ToolValues node={node} />
    </>
  );
}
