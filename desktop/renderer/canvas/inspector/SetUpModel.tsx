import { Select } from '@mantine/core';
import { fieldsOf } from '@rondo/shared/oas/componentTypes.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { acceptedTypes, newComponent } from '@rondo/shared/oas/newComponent.ts';
import { useT, type Words } from '../../messages/useT.ts';
import { useCommands, useEditorPage, useFlowView } from '../EditorContext.tsx';
import { partOf, setIn } from '../gesture.ts';
import { componentWords } from './component/fieldLabels.ts';
import { MoreSettings } from './component/MoreSettings.tsx';
import { LineField, Part } from './fields.tsx';

const llmTypes = acceptedTypes({ kind: 'component', of: ['llm'] });

/** A new model of a kind, with what is most often right for it. */
function newModel(kind: string, t: Words): JsonObject {
  switch (kind) {
    case 'practice':
      return {
        component_type: 'LlmConfig',
        name: t('canvas.model.practice'),
        provider: 'practice',
        model_id: 'practice',
      };
    case 'compatible':
    case 'OllamaConfig':
      return {
        component_type: kind === 'compatible' ? 'OpenAiCompatibleConfig' : kind,
        name: t('canvas.model.model'),
        url: 'http://localhost:11434/v1',
        model_id: 'llama3.2',
      };
    default:
      return newComponent(kind, t('canvas.model.model'));
  }
}

/** Which model writes: the practice model (no key needed), or one of any type that the specification knows. */
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
  const others = llmTypes.filter((name) => name !== 'OpenAiCompatibleConfig');
  const options = [
    { value: 'practice', label: t('canvas.model.practice') },
    { value: 'compatible', label: t('canvas.model.compatible') },
    ...[
      ...others,
      ...(choice === 'practice' || choice === 'compatible' || others.includes(choice) ? [] : [choice]),
    ].map((value) => ({ value, label: value === 'none' ? t('canvas.model.none') : componentWords(value, t) })),
  ];
  const choose = (value: string | null) => {
    if (!value || value === choice) return;
    const id = typeof config.id === 'string' ? config.id : crypto.randomUUID();
    const next = { ...newModel(value, t), id };
    if (place) run(label, { type: 'set', component: place.component, pointer: place.pointer, value: next });
    else run(label, { type: 'set', component: String(owner.id), pointer: '/llm_config', value: next });
  };
  const key =
    isObject(config.api_key) && typeof config.api_key.$component_ref === 'string' ? config.api_key.$component_ref : '';
  return (
    <Part title={t('canvas.model.model')} help={{ words: 'fieldHelp.model' }}>
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
          {('url' in fieldsOf(type) || typeof config.url === 'string') && (
            <LineField
              label={t('canvas.model.url')}
              help={{ words: 'fieldHelp.model.url', example: 'fieldHelp.model.url.example' }}
              value={typeof config.url === 'string' ? config.url : ''}
              placeholder="https://api.example.com/v1"
              disabled={!editable}
              onCommit={(text) => run(label, setIn(place, 'url', text.trim()))}
            />
          )}
          <LineField
            label={t('canvas.model.id')}
            help={{ words: 'fieldHelp.model.id', example: 'fieldHelp.model.id.example' }}
            value={typeof config.model_id === 'string' ? config.model_id : ''}
            disabled={!editable}
            onCommit={(text) => run(label, setIn(place, 'model_id', text.trim()))}
          />
          {'api_key' in fieldsOf(type) && (
            <LineField
              label={t('canvas.model.key')}
              description={t('canvas.model.keyHelp')}
              value={key}
              disabled={!editable}
              onCommit={(text) =>
                run(label, setIn(place, 'api_key', text.trim() ? { $component_ref: text.trim() } : undefined))
              }
            />
          )}
        </>
      )}
      {place && !practice && choice !== 'none' && (
        <MoreSettings place={place} stepName={name} skip={['url', 'model_id', 'api_key']} />
      )}
      {practice && <p className="faint">{t('canvas.model.practiceHelp')}</p>}
    </Part>
  );
}
