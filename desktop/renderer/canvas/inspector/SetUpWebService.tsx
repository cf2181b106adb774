import { Select } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import type { Help } from '../../parts/help.ts';
import { settleInputs } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft, Place } from '../gesture.ts';
import { partOf, placeOf, setIn } from '../gesture.ts';
import { MoreSettings } from './component/MoreSettings.tsx';
import { DeclaredValues } from './DeclaredValues.tsx';
import { Part } from './fields.tsx';
import { PairRows } from './PairRows.tsx';
import { TemplateField } from './TemplateField.tsx';

/** What stands on the form itself; when to try again is said below it. */
const shownAbove = ['url', 'http_method', 'data', 'query_params', 'headers', 'retry_policy'];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** "Call a web service" (an ApiNode, or the RemoteTool of a ToolNode): address, headers, query, body, outputs. */
export function SetUpWebService({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  const placeIn = (from: JsonObject, current: JsonObject): Place | undefined =>
    node.type === 'ToolNode' ? partOf(from, current, 'tool') : placeOf(current);
  const place = placeIn(tree, node.component);
  const call = place?.value ?? {};
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
        <WithHelp label={t('canvas.web.method')} help={{ words: 'fieldHelp.web.method' }}>
          <Select
            label={t('canvas.web.method')}
            data={methods.includes(method) ? methods : [...methods, method]}
            value={method}
            allowDeselect={false}
            disabled={!editable}
            w={104}
            onChange={(value) => value && set('http_method', value)}
          />
        </WithHelp>
        <TemplateField
          node={node}
          label={t('canvas.web.url')}
          help={{ words: 'fieldHelp.web.url', example: 'fieldHelp.web.url.example' }}
          value={typeof call.url === 'string' ? call.url : ''}
          placeholder="https://"
          single
          gestureName={label}
          write={writer('url', (text) => text.trim())}
        />
      </div>
      <Pairs
        node={node}
        title={t('canvas.web.query')}
        help={{ words: 'fieldHelp.web.query', example: 'fieldHelp.web.query.example' }}
        field="query_params"
        values={call.query_params}
        writer={writer}
        set={set}
      />
      <Pairs
        node={node}
        title={t('canvas.web.headers')}
        help={{ words: 'fieldHelp.web.headers', example: 'fieldHelp.web.headers.example' }}
        field="headers"
        values={call.headers}
        writer={writer}
        set={set}
      />
      {method !== 'GET' && (
        <TemplateField
          node={node}
          label={t('canvas.web.body')}
          help={{ words: 'fieldHelp.web.body', example: 'fieldHelp.web.body.example' }}
          value={bodyText(call.data)}
          placeholder='{ "name": "{{ name }}" }'
          rows={4}
          gestureName={label}
          write={writer('data', bodyValue)}
        />
      )}
      <Part
        title={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.web.outputs', example: 'fieldHelp.web.outputs.example' }}
      >
        <p className="faint">{t('canvas.web.outputsHelp')}</p>
        <DeclaredValues node={node} side="outputs" />
      </Part>
      {place && <MoreSettings place={place} stepName={node.name} skip={shownAbove} />}
    </>
  );
}

interface PairsProps {
  node: NodeView;
  title: string;
  help: Help;
  field: string;
  values: Json | undefined;
  writer: (field: string, make: (text: string) => Json | undefined) => (draft: GestureDraft, text: string) => void;
  set: (field: string, value: Json | undefined) => void;
}

function Pairs({ node, title, help, field, values, writer, set }: PairsProps) {
  const t = useT();
  return (
    <Part title={title} help={help}>
      <PairRows
        part={title}
        value={values}
        onChange={(next) => set(field, next)}
        field={(pair) => (
          <TemplateField
            node={node}
            label={pair.label}
            hideLabel
            single
            value={pair.text}
            gestureName={t('canvas.gesture.web', { name: node.name })}
            write={writer(field, pair.withValue)}
          />
        )}
      />
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
