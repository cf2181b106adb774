import { Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { useSampleLanguage } from '../templates/useSampleLanguage.ts';
import './flows.css';

/** Asks for a name, and whether to begin blank or with a sample; then opens the new flow. */
export function NewFlowDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [, navigate] = useLocation();
  const language = useSampleLanguage();
  const list = useRead('sample', 'list', language);
  const create = useWrite('flow', 'create', ['flow', 'home']);
  const [name, setName] = useState('');
  const [sample, setSample] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const samples = list.data?.samples ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = samples.find((each) => each.slug === sample);
    const wanted = name.trim() || chosen?.name || '';
    if (wanted === '') {
      setMissing(true);
      return;
    }
    create.mutate(
      {
        name: wanted,
        ...(sample === null
          ? { steps: { start: t('canvas.kind.start'), end: t('canvas.kind.end') } }
          : { sample, ...language }),
      },
      { onSuccess: ({ flowId }) => navigate(`/flows/${flowId}`) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('shell.do.newFlow')} size={520}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <WithHelp label={t('flows.new.name')} help={{ words: 'fieldHelp.flow.name' }}>
            <TextInput
              label={t('flows.new.name')}
              placeholder={t('flows.new.placeholder')}
              data-autofocus
              value={name}
              error={missing ? t('flows.new.missing') : create.error?.message}
              onChange={(event) => {
                setName(event.currentTarget.value);
                setMissing(false);
              }}
            />
          </WithHelp>
          <Stack gap="xs" role="radiogroup" aria-label={t('flows.new.begin')}>
            <Choice
              title={t('home.blank')}
              words={t('home.blank.words')}
              chosen={sample === null}
              onChoose={() => setSample(null)}
            />
            {samples.map((each) => (
              <Choice
                key={each.slug}
                title={each.name}
                words={each.description}
                chosen={sample === each.slug}
                onChoose={() => setSample(each.slug)}
              />
            ))}
          </Stack>
          <DialogEnd action={t('flows.new.create')} busy={create.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

interface ChoiceProps {
  title: string;
  words: string;
  chosen: boolean;
  onChoose: () => void;
}

function Choice({ title, words, chosen, onChoose }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a choice with two lines, chosen like a radio button
    <button type="button" role="radio" aria-checked={chosen} className="plain-button sample-choice" onClick={onChoose}>
      <span className="strong">{title}</span>
      <span className="dim small">{words}</span>
    </button>
  );
}
