import { Tabs } from '@mantine/core';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import type { Outputs } from '../../api/queries.ts';
import type { StepKind } from '../../canvas/stepKinds.ts';
import { useT } from '../../messages/useT.ts';
import { Pairs } from '../../parts/Pairs.tsx';
import { When } from '../../parts/When.tsx';
import { RunRecord } from './RunRecord.tsx';
import { StepList } from './StepList.tsx';

interface RunTabsProps {
  run: Outputs['run']['get'];
  view: RunView;
  events: readonly RunEvent[];
  now: number;
  kindOf: (nodeId: string, nodeType: string) => StepKind;
  attemptsOf: (nodeId: string) => number;
  skipped: { id: string; name: string; type: string }[];
  selected: string | null;
  shown: string | null;
  onSelect: (path: string) => void;
}

/** Steps, messages, values, model use, audit. */
export function RunTabs({
  run,
  view,
  events,
  now,
  kindOf,
  attemptsOf,
  skipped,
  selected,
  shown,
  onSelect,
}: RunTabsProps) {
  const t = useT();
  const used = view.steps.filter((step) => step.usage);
  return (
    <section className="panel">
      <Tabs defaultValue="steps" keepMounted={false}>
        <Tabs.List className="run-tabs">
          <Tabs.Tab value="steps">{t('runs.tab.steps')}</Tabs.Tab>
          <Tabs.Tab value="messages">
            {t('runs.tab.messages')}
            {view.messages.length > 0 && <span className="count">{view.messages.length}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="values">{t('runs.tab.values')}</Tabs.Tab>
          <Tabs.Tab value="usage">{t('runs.tab.usage')}</Tabs.Tab>
          <Tabs.Tab value="audit">{t('runs.tab.audit')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps" pb="xs">
          <StepList
            run={view}
            events={events}
            now={now}
            kindOf={kindOf}
            attemptsOf={attemptsOf}
            skipped={skipped}
            selected={selected}
            shown={shown}
            onSelect={onSelect}
          />
        </Tabs.Panel>
        <Tabs.Panel value="messages" className="run-tab">
          {view.messages.length === 0 && <p className="dim">{t('runs.noMessages')}</p>}
          {view.messages.map((message) => (
            <div key={`${message.at} ${message.path} ${message.role}`} className="message-row">
              <span className="dim small">
                {message.role === 'user' ? t('runs.user') : t('runs.assistant')}
                <br />
                <When at={message.at} />
              </span>
              <span>{message.text}</span>
            </div>
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="values" className="run-tab">
          <h3 className="values-title">{t('runs.inputs')}</h3>
          <Pairs values={run.inputs} runId={run.id} />
          <h3 className="values-title">{t('runs.outputs')}</h3>
          {view.outputs ? <Pairs values={view.outputs} runId={run.id} /> : <p className="dim">{t('runs.noOutputs')}</p>}
        </Tabs.Panel>
        <Tabs.Panel value="usage" className="run-tab">
          {used.length === 0 && <p className="dim">{t('runs.noUsage')}</p>}
          {used.map(
            (step) =>
              step.usage && (
                <div key={step.path} className="message-row">
                  <strong>{step.name}</strong>
                  <span className="dim">
                    {step.usage.model}
                    {': '}
                    {t('runs.usage', { input: step.usage.inputTokens, output: step.usage.outputTokens })}
                  </span>
                </div>
              ),
          )}
        </Tabs.Panel>
        <Tabs.Panel value="audit" className="run-tab">
          <RunRecord runId={run.id} events={events} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
