import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { useMemo, useState } from 'react';
import { type Inputs, useRead, useWrite } from '../../api/queries.ts';
import { viewOf } from '../../canvas/EditorContext.tsx';
import { parse } from '../../canvas/editor.ts';
import { StartForm } from '../../flow/StartForm.tsx';
import { dateFormat } from '../../messages/formats.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell } from '../../parts/tell.ts';
import { MoreFields, moreOf } from './MoreFields.tsx';
import { OftenFields } from './OftenFields.tsx';
import { allZones, firstOften, oftenOfSchedule, ownZone, timesOf } from './presets.ts';
import type { Schedule } from './schedule.ts';
import { useTimetableWords } from './useTimetableWords.ts';

interface ScheduleDialogProps {
  /** the schedule to change; absent = a new one */
  schedule?: Schedule;
  onClose: () => void;
}

const noTimes = { cron: '', everySeconds: null, anchorAt: null };

/** Makes a schedule or changes one; says in words what was chosen and when it fires next. */
export function ScheduleDialog({ schedule, onClose }: ScheduleDialogProps) {
  const t = useT();
  const wordsOf = useTimetableWords();
  const [flowId, setFlowId] = useState<string | null>(schedule?.flowId ?? null);
  const [name, setName] = useState(schedule?.name ?? '');
  const [often, setOften] = useState(() => (schedule ? oftenOfSchedule(schedule) : firstOften));
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? ownZone());
  const [tried, setTried] = useState(false);
  const [more, setMore] = useState(() => moreOf(schedule));
  const times = timesOf(often, timeZone);
  const days = { firstDay: more.firstDay || null, lastDay: more.lastDay || null };
  const [asked] = useDebouncedValue(times && JSON.stringify({ ...times, timeZone, ...days }), 200);
  const preview = useRead(
    'schedule',
    'preview',
    asked ? (JSON.parse(asked) as Inputs['schedule']['preview']) : { timeZone },
    { enabled: asked !== null, keep: true },
  );
  const create = useWrite('schedule', 'create', ['schedule', 'flow', 'home']);
  const update = useWrite('schedule', 'update', ['schedule', 'flow', 'home']);
  const zones = useMemo(() => [...new Set([timeZone, ...allZones()])], [timeZone]);
  const wrong = times === null ? t('schedules.needTime') : (preview.error?.message ?? null);
  const save = (inputs: { [name: string]: Json }) => {
    setTried(true);
    if (!flowId || times === null || preview.error) return;
    const done = {
      onSuccess: () => {
        tell(t('schedules.saved'));
        onClose();
      },
    };
    const trimmed = name.trim();
    const { jitterSeconds, overlap, missed, missedMost } = more;
    const policy = { jitterSeconds: jitterSeconds ?? 0, overlap, missed, missedMost };
    const given = { ...times, timeZone, ...days, ...policy, inputs, ...(trimmed && { name: trimmed }) };
    if (schedule) {
      update.mutate({ scheduleId: schedule.id, ...given }, done);
    } else create.mutate({ flowId, ...given }, done);
  };
  return (
    <Modal opened onClose={onClose} size={560} title={schedule ? t('schedules.edit') : t('schedules.new')}>
      <Stack gap="md">
        <FlowSelect
          label={t('schedules.flow')}
          field={{
            description: t('schedules.flowHint'),
            disabled: schedule !== undefined,
            error: tried && !flowId ? t('schedules.needFlow') : null,
          }}
          published
          value={flowId}
          onChange={setFlowId}
        />
        <TextInput
          label={t('schedules.name')}
          description={t('schedules.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <OftenFields often={often} error={wrong} onChange={setOften} />
        <WithHelp label={t('schedules.zone')} help={{ words: 'fieldHelp.schedule.zone' }}>
          <Select
            label={t('schedules.zone')}
            data={zones}
            value={timeZone}
            searchable
            limit={60}
            allowDeselect={false}
            onChange={(value) => setTimeZone(value ?? timeZone)}
          />
        </WithHelp>
        {preview.data && !preview.error && times !== null && (
          <div className="schedule-preview" aria-live="polite">
            <strong>{wordsOf({ ...noTimes, ...times, ...days, timeZone, words: preview.data.words })}</strong>
            <span className="dim small">
              {t('schedules.preview')}
              {', '}
              {t('schedules.inZone', { zone: timeZone })}
            </span>
            <ul>
              {preview.data.nextFires.map((at) => (
                <li key={at}>
                  <time dateTime={at}>{inZone(at, timeZone)}</time>
                </li>
              ))}
            </ul>
          </div>
        )}
        <MoreFields more={more} onChange={setMore} />
        {flowId ? (
          <FlowInputs
            key={flowId}
            flowId={flowId}
            initial={schedule?.inputs}
            label={schedule ? t('parts.save') : t('schedules.create')}
            busy={create.isPending || update.isPending}
            error={create.error?.message ?? update.error?.message ?? null}
            onSubmit={save}
            onCancel={onClose}
          />
        ) : (
          <Button onClick={() => setTried(true)} style={{ alignSelf: 'flex-end' }}>
            {t('schedules.create')}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}

interface InputsProps {
  flowId: string;
  initial: JsonObject | undefined;
  label: string;
  busy: boolean;
  error: string | null;
  onSubmit: (inputs: { [name: string]: Json }) => void;
  onCancel: () => void;
}

/** The inputs that each run is given, by the published version. */
function FlowInputs({ flowId, initial, label, busy, error, onSubmit, onCancel }: InputsProps) {
  const t = useT();
  const file = useRead('flow', 'get', { flowId });
  const version = file.data?.publishedNumber ?? null;
  const published = useRead('flow', 'version', { flowId, number: version ?? 1 }, { enabled: version !== null });
  const inputs = useMemo(() => {
    const tree = published.data ? parse(published.data.text) : undefined;
    return tree ? viewOf(tree, null).inputs : undefined;
  }, [published.data]);
  const failure = file.error ?? published.error;
  if (failure)
    return <ErrorState error={failure} onAgain={() => void (file.error ? file.refetch() : published.refetch())} />;
  if (!inputs) return <RowsSkeleton rows={2} />;
  return (
    <section>
      {inputs.length > 0 && <h3 className="title-3 schedule-inputs">{t('schedules.inputs')}</h3>}
      <StartForm
        inputs={inputs}
        initial={initial}
        submitLabel={label}
        busy={busy}
        error={error}
        onSubmit={onSubmit}
        onCancel={onCancel}
      />
    </section>
  );
}

/** A moment as the clock of a zone shows it. */
function inZone(at: string, timeZone: string): string {
  return dateFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(new Date(at));
}
