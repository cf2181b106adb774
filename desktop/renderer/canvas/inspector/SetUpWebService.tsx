import { ActionIcon, Button, Select } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { declare, freeTitle, settleInputs } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft, Place } from '../gesture.ts';
import { partOf, placeOf, setIn } from '../gesture.ts';
import { LineField, Part } from './fields.tsx';
import { PropertyList } from './PropertyList.tsx';
import { TemplateField } from './TemplateField.tsx';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** "Call a web service" (an ApiNode, or the RemoteTool of a ToolNode): address, headers, query, body, outputs. */
export function SetUpWebService({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  const placeIn = (from: JsonObject, current: JsonObject): Place | undefined =>
    node.type === 'ToolNode' ? partOf(from, current, 'tool') : placeOf(current);
  const call = placeIn(tree, node.component)?.value ?? {};
  const writer = (field: string, make: (text: string) => Json | undefined) => (draft: GestureDraft, text: string) => {
    const place = placeIn(draft.tree, draft.node(node.id)?.component ?? {});
    if (place) draft.run(setIn(place, field, make(text)));
  };
  const set = (field: string, value: Json | undefined) => {
    gesture(t('canvas.gesture.web', { name: node.name }), (draft) => {
      writer(field, () => value)(draft, '');
      settleInputs(draft, node.id);
    });
  };
  const method = typeof call.http_method === 'string' ? call.http_method.toUpperCase() : 'GET';
  const label = t('canvas.gesture.web', { name: node.name });
  return (
    <>
      <div className="web-address">
        <Select
          label={t('canvas.web.method')}
          data={methods.includes(method) ? methods : [...methods, method]}
          value={method}
          allowDeselect={false}
          disabled={!editable}
          w={104}
          onChange={(value) => value && set('http_method', value)}
        />
        <TemplateField
          node={node}
          label={t('canvas.web.url')}
          value={typeof call.url === 'string' ? call.url : ''}
          placeholder="https://"
          single
          hideChips
          gestureName={label}
          write={writer('url', (text) => text.trim())}
        />
      </div>
      <Pairs
        node={node}
        title={t('canvas.web.query')}
        field="query_params"
        values={call.query_params}
        writer={writer}
        set={set}
      />
      <Pairs
        node={node}
        title={t('canvas.web.headers')}
        field="headers"
        values={call.headers}
        writer={writer}
        set={set}
      />
      {method !== 'GET' && (
        <TemplateField
          node={node}
          label={t('canvas.web.body')}
          value={bodyText(call.data)}
          placeholder='{ "name": "{{ name }}" }'
          rows={4}
          hideChips
          gestureName={label}
          write={writer('data', bodyValue)}
        />
      )}
      <Part title={t('canvas.whatComesOut')}>
        <p className="faint">{t('canvas.web.outputsHelp')}</p>
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

interface PairsProps {
  node: NodeView;
  title: string;
  field: string;
  values: Json | undefined;
  writer: (field: string, make: (text: string) => Json | undefined) => (draft: GestureDraft, text: string) => void;
  set: (field: string, value: Json | undefined) => void;
}

function Pairs({ node, title, field, values, writer, set }: PairsProps) {
  const t = useT();
  const { editable } = useEditorPage();
  const entries = isObject(values) ? Object.entries(values) : [];
  return (
    <Part title={title}>
      {entries.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <div className="form-field-row" key={index}>
          <LineField
            label={t('canvas.web.pairName', { part: title, index: index + 1 })}
            hideLabel
            value={name}
            disabled={!editable}
            onCommit={(text) => {
              if (!text.trim() || entries.some(([other], at) => at !== index && other === text.trim())) return;
              set(field, Object.fromEntries(entries.with(index, [text.trim(), value])));
            }}
          />
          <TemplateField
            node={node}
            label={t('canvas.web.pairValue', { part: title, name })}
            hideLabel
            single
            hideChips
            value={typeof value === 'string' ? value : JSON.stringify(value)}
            gestureName={t('canvas.gesture.web', { name: node.name })}
            write={writer(field, (text) => Object.fromEntries(entries.with(index, [name, text])))}
          />
          {editable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('canvas.web.removePair', { name })}
              onClick={() => set(field, Object.fromEntries(entries.toSpliced(index, 1)))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {editable && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          aria-label={t('canvas.web.addTo', { part: title })}
          onClick={() =>
            set(field, {
              ...Object.fromEntries(entries),
              [freeTitle(
                'name',
                entries.map(([name]) => name),
              )]: '',
            })
          }
        >
          {t('canvas.add')}
        </Button>
      )}
    </Part>
  );
}

function bodyText(data: Json | undefined): string {
  if (data === undefined || data === null) return '';
  if (isObject(data) && Object.keys(data).length === 0) return '';
  return typeof data === 'string' ? data : JSON.stringify(data, null, 2);
}

/** JSON stays JSON; anything else is sent as text. */
function bodyValue(text: string): Json | undefined {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
