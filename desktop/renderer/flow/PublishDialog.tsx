import { Alert, Button, Modal, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { Assignment } from '@rondo/shared/runs/assignment.ts';
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useEditor, useEditorPage } from '../canvas/EditorContext.tsx';
import { parse } from '../canvas/editor.ts';
import { showStep } from '../canvas/ui.ts';
import { problemWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { AssigneeFields } from '../parts/AssigneeFields.tsx';
import { WithHelp } from '../parts/FieldHelp.tsx';
import { ChangeList } from '../versions/ChangeList.tsx';
import { changesBetween } from '../versions/changes.ts';
import '../versions/versions.css';
import type { FlowRecord } from './flowApi.ts';
import { flowVersion, OperationRefused, publishFlow } from './flowApi.ts';
import { PublishTests, usePublishTests } from './testing/PublishTests.tsx';

const everyone: Assignment = { people: [], groups: [] };

interface Props {
  record: FlowRecord;
  problems: readonly Problem[];
  onClose: () => void;
  onPublished: (number: number) => void;
}

/** Makes the draft a version: what is wrong with it, what changed, a note, and whether assistants may call it. */
export function PublishDialog({ record, problems, onClose, onPublished }: Props) {
  const t = useT();
  const { editor, ui } = useEditorPage();
  const client = useQueryClient();
  const tree = useEditor((state) => state.tree);
  const { publishedNumber } = record;
  const next = (publishedNumber ?? 0) + 1;
  const last = useQuery({
    queryKey: ['canvas', 'version', record.id, publishedNumber],
    queryFn: async () => (publishedNumber === null ? null : flowVersion(record.id, publishedNumber)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const changes = useMemo(
    () => (last.data ? changesBetween(parse(last.data.text), tree) : changesBetween(undefined, tree)),
    [last.data, tree],
  );
  const [note, setNote] = useState('');
  const [tool, setTool] = useState<string>(record.mcpTool ?? toolName(record.slug));
  const [called, setCalled] = useState(record.mcpTool !== null);
  const [runners, setRunners] = useState<Assignment>(record.settings.runners ?? everyone);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ message: string; problems: readonly Problem[] } | null>(null);
  const errors = (refused?.problems ?? problems).filter((problem) => problem.severity === 'error');
  const warnings = problems.filter((problem) => problem.severity === 'warning');
  const toolError = called && !/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/.test(tool) ? t('flow.publish.toolRule') : undefined;
  const checks = usePublishTests(errors.length === 0);
  const [anyway, setAnyway] = useState(false);
  const passed = checks.stand === 'none' || checks.stand === 'passed';
  const tested = passed || ((checks.stand === 'failed' || checks.slow) && anyway);

  const publish = async () => {
    setBusy(true);
    setRefused(null);
    try {
      const baseSeq = await editor.flush();
      const answer = await publishFlow({
        flowId: record.id,
        baseSeq,
        ...(note.trim() ? { note: note.trim() } : {}),
        mcpTool: called ? tool : null,
        runners,
        ...(!passed && anyway ? { anyway } : {}),
      });
      await client.invalidateQueries({ queryKey: ['flow'] });
      notifications.show({ color: 'green', message: t('flow.publish.done', { number: answer.number }) });
      onPublished(answer.number);
    } catch (error) {
      if (error instanceof OperationRefused) {
        setRefused({ message: error.message, problems: error.problems });
        if (error.code === 'CONFLICT') void editor.refresh();
      } else setRefused({ message: error instanceof Error ? error.message : String(error), problems: [] });
    } finally {
      setBusy(false);
    }
  };
  const show = (problem: Problem) => {
    if (problem.componentId !== undefined) showStep(ui, problem.componentId, 'setup');
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={
        <div>
          <div className="dialog-title">{t('flow.publish.title', { number: next })}</div>
          <div className="dialog-subtitle">
            {publishedNumber === null
              ? t('flow.publish.first', { name: record.name })
              : t('flow.publish.again', { name: record.name, number: publishedNumber })}
          </div>
        </div>
      }
    >
      <div className="publish-body">
        {refused && errors.length === 0 && (
          <Alert color="red" variant="light" role="alert">
            {refused.message}
          </Alert>
        )}
        {[...errors, ...warnings].map((problem) => (
          <div
            className="publish-problem"
            data-severity={problem.severity}
            key={`${problem.code} ${problem.pointer} ${problem.message}`}
          >
            {problem.severity === 'error' ? (
              <IconExclamationCircle size={18} stroke={1.75} />
            ) : (
              <IconAlertTriangle size={18} stroke={1.75} />
            )}
            <span>{problemWords(problem, t)}</span>
            {problem.componentId !== undefined && (
              <button type="button" onClick={() => show(problem)}>
                {t('flow.publish.showMe')}
              </button>
            )}
          </div>
        ))}
        <section>
          <h3>
            {publishedNumber === null
              ? t('flow.publish.contents')
              : t('flow.publish.changes', { number: publishedNumber })}
          </h3>
          {last.isPending && publishedNumber !== null ? (
            <p className="faint">{t('flow.loading')}</p>
          ) : (
            <ChangeList changes={changes} />
          )}
        </section>
        {errors.length === 0 && <PublishTests checks={checks} anyway={anyway} onAnyway={setAnyway} />}
        <WithHelp
          label={t('flow.publish.note')}
          help={{ words: 'fieldHelp.publish.note', example: 'fieldHelp.publish.note.example' }}
        >
          <TextInput
            label={t('flow.publish.note')}
            placeholder={t('flow.publish.noteHint')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </WithHelp>
        <section className="publish-who">
          <h3>{t('flow.publish.who')}</h3>
          <p className="faint">{t('flow.publish.whoHelp')}</p>
          <div className="publish-who-fields">
            <AssigneeFields
              value={runners}
              everyone={t('flow.publish.everyone')}
              unknown={(names) => t('flow.publish.unknown', { names })}
              onChange={setRunners}
            />
          </div>
        </section>
        <div className="publish-tool">
          <Switch
            labelPosition="left"
            label={t('flow.publish.assistants')}
            description={t('flow.publish.assistantsHelp')}
            checked={called}
            onChange={(event) => setCalled(event.currentTarget.checked)}
          />
          {called && (
            <WithHelp label={t('flow.publish.tool')} help={{ words: 'fieldHelp.publish.tool' }}>
              <TextInput
                label={t('flow.publish.tool')}
                value={tool}
                error={toolError}
                onChange={(event) => setTool(event.currentTarget.value)}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              />
            </WithHelp>
          )}
        </div>
      </div>
      <footer className="dialog-foot">
        <span className="faint">
          {publishedNumber === null ? t('flow.publish.immutable') : t('flow.publish.back', { number: publishedNumber })}
        </span>
        <Button variant="default" onClick={onClose}>
          {t('parts.cancel')}
        </Button>
        <Button
          onClick={() => void publish()}
          loading={busy}
          disabled={errors.length > 0 || toolError !== undefined || !tested}
        >
          {t('flow.publish.button', { number: next })}
        </Button>
      </footer>
    </Modal>
  );
}

/** A tool name that MCP clients take: `expense-approval` → `expense_approval`. */
function toolName(slug: string): string {
  const name = slug.replaceAll(/[^a-zA-Z0-9_]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return /^[a-zA-Z]/.test(name) ? name.slice(0, 64) : `flow_${name}`.slice(0, 64);
}
