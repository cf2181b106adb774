import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { DurationField } from '../../parts/DurationField.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { configurationOf } from '../componentParts.ts';
import { declare } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { partOf, titleOf } from '../gesture.ts';
import { showStep } from '../ui.ts';
import { usePositions } from '../usePositions.ts';
import { configure } from './configuration.ts';
import { LineField } from './fields.tsx';
import { TemplateField } from './TemplateField.tsx';
import { branchOnTimeOut } from './timeOut.ts';

const modes = ['for', 'until', 'event', 'webhook'] as const;
type Mode = (typeof modes)[number];

const arrivals: JsonObject[] = [{ title: 'outcome', type: 'string' }, { title: 'payload' }];
const secondsAtFirst = 60;

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');
const numberOf = (value: Json | undefined) => (typeof value === 'number' ? value : undefined);

/** "Wait": for a time, until a moment, until a named event, or until another system calls the run's address. */
export function SetUpWait({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  if (!partOf(tree, node.component, 'tool')) return <p className="faint">{t('canvas.partMissing')}</p>;
  const configuration = configurationOf(tree, node.component);
  const mode = modes.find((one) => one === configuration.mode) ?? 'for';
  const label = t('canvas.gesture.wait', { name: node.name });
  const set = (change: { [field: string]: Json | undefined }) => {
    gesture(label, (draft) => configure(draft, node.id, change));
  };
  const write = (field: string) => (draft: GestureDraft, text: string) =>
    configure(draft, node.id, { [field]: text === '' ? undefined : text });
  const choose = (next: Mode) => {
    if (next !== mode) gesture(label, (draft) => changeMode(draft, node, configuration, next));
  };
  return (
    <>
      <WithHelp label={t('canvas.wait.mode')} help={{ words: 'fieldHelp.wait.mode' }}>
        <Select
          label={t('canvas.wait.mode')}
          data={modes.map((value) => ({ value, label: t(`canvas.wait.mode.${value}`) }))}
          value={mode}
          allowDeselect={false}
          disabled={!editable}
          onChange={(value) => {
            const next = modes.find((one) => one === value);
            if (next) choose(next);
          }}
        />
      </WithHelp>
      {mode === 'for' && (
        <WithHelp label={t('canvas.wait.for')} help={{ words: 'fieldHelp.wait.for' }}>
          <DurationField
            label={t('canvas.wait.for')}
            seconds={numberOf(configuration.seconds) ?? 0}
            disabled={!editable}
            onCommit={(seconds) => seconds !== undefined && set({ seconds })}
          />
        </WithHelp>
      )}
      {mode === 'until' && (
        <Until node={node} value={textOf(configuration.until)} label={label} set={set} write={write('until')} />
      )}
      {mode === 'event' && (
        <>
          <TemplateField
            node={node}
            label={t('canvas.wait.event')}
            help={{ words: 'fieldHelp.wait.event', example: 'fieldHelp.wait.event.example' }}
            placeholder={t('canvas.wait.eventHint')}
            value={textOf(configuration.event)}
            single
            gestureName={label}
            write={write('event')}
          />
          <TemplateField
            node={node}
            label={t('canvas.wait.key')}
            help={{ words: 'fieldHelp.wait.key', example: 'fieldHelp.wait.key.example' }}
            value={textOf(configuration.key)}
            single
            gestureName={label}
            write={write('key')}
          />
          <p className="faint">{t('canvas.wait.keyHelp')}</p>
        </>
      )}
      {mode === 'webhook' && (
        <LineField
          label={t('canvas.wait.name')}
          description={t('canvas.wait.nameHelp')}
          value={textOf(configuration.name) || 'callback'}
          disabled={!editable}
          onCommit={(text) => set({ name: text.trim() === '' ? undefined : text.trim() })}
        />
      )}
      {(mode === 'event' || mode === 'webhook') && (
        <TimeOut node={node} seconds={numberOf(configuration.timeoutSeconds)} set={set} />
      )}
    </>
  );
}

/** Another way to wait: its fields, and the outputs that go with it. */
function changeMode(draft: GestureDraft, node: NodeView, configuration: JsonObject, mode: Mode): void {
  const arrives = mode === 'event' || mode === 'webhook';
  configure(draft, node.id, {
    mode,
    seconds: mode === 'for' ? (configuration.seconds ?? secondsAtFirst) : undefined,
    until: mode === 'until' ? configuration.until : undefined,
    event: mode === 'event' ? configuration.event : undefined,
    key: mode === 'event' ? configuration.key : undefined,
    name: mode === 'webhook' ? (configuration.name ?? 'callback') : undefined,
    timeoutSeconds: arrives ? configuration.timeoutSeconds : undefined,
  });
  const own = new Set(arrivals.map(titleOf));
  const others = node.outputs.filter((output) => !own.has(titleOf(output)));
  const outputs = arrives
    ? [...arrivals.map((made) => node.outputs.find((old) => titleOf(old) === titleOf(made)) ?? made), ...others]
    : others;
  if (outputs.length !== node.outputs.length) declare(draft, node.id, 'outputs', outputs);
}

interface UntilProps {
  node: NodeView;
  value: string;
  label: string;
  set: (change: { [field: string]: Json | undefined }) => void;
  write: (draft: GestureDraft, text: string) => void;
}

/** A moment: chosen by the clock of the person who draws, or taken from an earlier step. */
function Until({ node, value, label, set, write }: UntilProps) {
  const t = useT();
  const { editable } = useEditorPage();
  const time = Date.parse(value);
  const [free, setFree] = useState(value !== '' && Number.isNaN(time));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      {free ? (
        <TemplateField
          node={node}
          label={t('canvas.wait.until')}
          help={{ words: 'fieldHelp.wait.fromValue' }}
          value={value}
          single
          gestureName={label}
          write={write}
        />
      ) : (
        <TextInput
          key={value}
          type="datetime-local"
          label={t('canvas.wait.until')}
          description={t('canvas.wait.untilHelp', { zone })}
          defaultValue={Number.isNaN(time) ? '' : localText(new Date(time))}
          disabled={!editable}
          onBlur={(event) => {
            const chosen = new Date(event.currentTarget.value);
            if (!Number.isNaN(chosen.getTime()) && chosen.getTime() !== time) set({ until: chosen.toISOString() });
          }}
        />
      )}
      {free && <p className="faint">{t('canvas.wait.untilValueHelp')}</p>}
      <WithHelp label={t('canvas.wait.fromValue')} help={{ words: 'fieldHelp.wait.fromValue' }}>
        <Checkbox
          label={t('canvas.wait.fromValue')}
          checked={free}
          disabled={!editable}
          onChange={(event) => {
            setFree(event.currentTarget.checked);
            if (!event.currentTarget.checked && Number.isNaN(time) && value !== '') set({ until: undefined });
          }}
        />
      </WithHelp>
    </>
  );
}

/** As a field of the type datetime-local wants it: 2026-12-24T18:00 by the viewer's clock. */
function localText(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface TimeOutProps {
  node: NodeView;
  seconds: number | undefined;
  set: (change: { [field: string]: Json | undefined }) => void;
}

function TimeOut({ node, seconds, set }: TimeOutProps) {
  const t = useT();
  const { editable, ui } = useEditorPage();
  const { view } = useFlowView();
  const positions = usePositions(view);
  const gesture = useGesture();
  const branch = () => {
    let added: string | undefined;
    const ok = gesture(t('canvas.gesture.timeout', { name: node.name }), (draft) => {
      added = branchOnTimeOut(draft, node.id, t('canvas.wait.branchName'), positions);
    });
    if (ok && added !== undefined) showStep(ui, added, 'setup');
  };
  return (
    <>
      <WithHelp label={t('canvas.wait.timeout')} help={{ words: 'fieldHelp.wait.timeout' }}>
        <DurationField
          label={t('canvas.wait.timeout')}
          placeholder={t('canvas.wait.noTimeout')}
          seconds={seconds}
          unit="hours"
          optional
          min={1}
          disabled={!editable}
          onCommit={(timeoutSeconds) => set({ timeoutSeconds })}
        />
      </WithHelp>
      <p className="faint">{t('canvas.wait.outputsHelp')}</p>
      {editable && seconds !== undefined && (
        <div className="button-row">
          <Button variant="default" size="compact-sm" leftSection={<IconArrowsSplit2 size={14} />} onClick={branch}>
            {t('canvas.wait.branch')}
          </Button>
        </div>
      )}
    </>
  );
}
