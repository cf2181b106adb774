import { Select } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditorPage, useFlowView } from '../EditorContext.tsx';
import { partOf, setIn } from '../gesture.ts';
import { LineField, Part } from './fields.tsx';

/** Which model writes: the practice model (no key needed), or any server that speaks the OpenAI protocol. */
export function SetUpModel({ owner, name }: { owner: JsonObject; name: string }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const place = partOf(tree, owner, 'llm_config');
  const config = place?.value ?? {};
  const practice = config.provider === 'practice';
  const type = typeof config.component_type === 'string' ? config.component_type : '';
  const choice = practice ? 'practice' : type === 'OpenAiCompatibleConfig' ? 'compatible' : type || 'none';
  const label = t('canvas.gesture.set', { name, field: t('canvas.model.model') });
  const options = [
    { value: 'practice', label: t('canvas.model.practice') },
    { value: 'compatible', label: t('canvas.model.compatible') },
    ...(choice === 'practice' || choice === 'compatible'
      ? []
      : [{ value: choice, label: choice === 'none' ? t('canvas.model.none') : choice }]),
  ];
  const choose = (value: string | null) => {
    if (!value || value === choice) return;
    const id = typeof config.id === 'string' ? config.id : crypto.randomUUID();
    const next: JsonObject =
      value === 'practice'
        ? { component_type: 'LlmConfig', id, name: 'Practice model', provider: 'practice', model_id: 'practice' }
        : {
            component_type: 'OpenAiCompatibleConfig',
            id,
            name: 'Model',
            url: 'http://localhost:11434/v1',
            model_id: 'llama3.2',
          };
    if (place) run(label, { type: 'set', component: place.component, pointer: place.pointer, value: next });
    else run(label, { type: 'set', component: String(owner.id), pointer: '/llm_config', value: next });
  };
  const key =
    isObject(config.api_key) && typeof config.api_key.$component_ref === 'string' ? config.api_key.$component_ref : '';
  return (
    <Part title={t('canvas.model.model')}>
      <Select
        aria-label={t('canvas.model.model')}
        data={options}
        value={choice}
        allowDeselect={false}
        disabled={!editable}
        onChange={choose}
      />
      {place && !practice && choice !== 'none' && (
        <>
          {(typeof config.url === 'string' || choice === 'compatible') && (
            <LineField
              label={t('canvas.model.url')}
              value={typeof config.url === 'string' ? config.url : ''}
              placeholder="https://api.example.com/v1"
              disabled={!editable}
              onCommit={(text) => run(label, setIn(place, 'url', text.trim()))}
            />
          )}
          <LineField
            label={t('canvas.model.id')}
            value={typeof config.model_id === 'string' ? config.model_id : ''}
            disabled={!editable}
            onCommit={(text) => run(label, setIn(place, 'model_id', text.trim()))}
          />
          <LineField
            label={t('canvas.model.key')}
            description={t('canvas.model.keyHelp')}
            value={key}
            disabled={!editable}
            onCommit={(text) =>
              run(label, setIn(place, 'api_key', text.trim() ? { $component_ref: text.trim() } : undefined))
            }
          />
        </>
      )}
      {practice && <p className="faint">{t('canvas.model.practiceHelp')}</p>}
    </Part>
  );
}
