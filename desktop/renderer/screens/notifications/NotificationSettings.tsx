import './notifications.css';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconMail, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { errorWords, journalWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';
import { type Rule, RuleDialog } from './RuleDialog.tsx';

type Rules = Outputs['notification']['rules'];
type Asking = { flow: { id: string | null; name: string } | undefined; rule: Rule | undefined };

/** What one is told of, flow by flow, by which ways; and what came of the messages that went out. */
export function NotificationSettings() {
  const t = useT();
  const rules = useRead('notification', 'rules', {}, { refetchInterval: 10_000 });
  const [asking, setAsking] = useState<Asking | null>(null);
  const test = useWrite('notification', 'test');
  const { data } = rules;
  return (
    <Page
      title={t('notifications.rules.title')}
      subtitle={t('notifications.rules.subtitle')}
      actions={
        <>
          <Button component={Link} href="/notifications" variant="default" leftSection={<IconArrowLeft size={16} />}>
            {t('notifications.rules.back')}
          </Button>
          {data?.email && (
            <Button
              variant="default"
              leftSection={<IconMail size={16} />}
              loading={test.isPending}
              onClick={() => test.mutate({ channel: 'email' }, answers(t))}
            >
              {t('notifications.test.email')}
            </Button>
          )}
        </>
      }
    >
      {rules.error && !data ? (
        <ErrorState error={rules.error} onAgain={() => void rules.refetch()} />
      ) : !data ? (
        <div className="panel">
          <RowsSkeleton rows={3} />
        </div>
      ) : (
        <div className="stack">
          <RulesPanel data={data} onAsk={setAsking} />
          <Sendings sendings={data.sendings} />
        </div>
      )}
      {asking && data && (
        <RuleDialog
          flow={asking.flow}
          rule={asking.rule}
          taken={data.rules.flatMap((rule) => rule.flowId ?? [])}
          hasMail={data.email}
          onClose={() => setAsking(null)}
        />
      )}
    </Page>
  );
}

/** What is said when a message to try out was sent, or was not. */
function answers(t: ReturnType<typeof useT>) {
  return {
    onSuccess: ({ sent, error }: Outputs['notification']['test']) =>
      sent
        ? tell(t('notifications.test.sent'))
        : tellFailure(
            new Error(error === null ? t('notifications.test.failed') : journalWords(error, t)),
            t('notifications.test.failed'),
          ),
    onError: (error: Error) => tellFailure(error, t('notifications.test.failed')),
  };
}

function RulesPanel({ data, onAsk }: { data: Rules; onAsk: (asking: Asking) => void }) {
  const t = useT();
  const all = data.rules.find((rule) => rule.flowId === null);
  const own = data.rules.filter((rule) => rule.flowId !== null);
  return (
    <Panel
      title={t('notifications.rules.panel')}
      aside={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onAsk({ flow: undefined, rule: undefined })}
        >
          {t('notifications.rules.add')}
        </Button>
      }
    >
      <RuleRow
        name={t('notifications.rules.all')}
        flowId={null}
        rule={all}
        otherwise={t(`notifications.rules.default.${data.byDefault}`)}
        onAsk={onAsk}
      />
      {own.map((rule) => (
        <RuleRow
          key={rule.id}
          name={rule.flowName ?? t('notifications.rules.gone')}
          flowId={rule.flowId}
          rule={rule}
          otherwise=""
          onAsk={onAsk}
        />
      ))}
    </Panel>
  );
}

interface RowProps {
  name: string;
  flowId: string | null;
  rule: Rule | undefined;
  /** what is said without a rule */
  otherwise: string;
  onAsk: (asking: Asking) => void;
}

function RuleRow({ name, flowId, rule, otherwise, onAsk }: RowProps) {
  const t = useT();
  const remove = useWrite('notification', 'removeRule');
  const test = useWrite('notification', 'test');
  return (
    <div className="panel-row rule-row">
      <div className="grow">
        <strong>{name}</strong>
        <div className="dim small">{rule ? wordsOf(rule, t) : otherwise}</div>
      </div>
      {rule?.webhookUrl && (
        <Button
          size="xs"
          variant="default"
          loading={test.isPending}
          aria-label={t('notifications.test.webhookOne', { flow: name })}
          onClick={() => test.mutate({ channel: 'webhook', ruleId: rule.id }, answers(t))}
        >
          {t('notifications.test.webhook')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        aria-label={t('notifications.rules.editOne', { flow: name })}
        onClick={() => onAsk({ flow: { id: flowId, name }, rule })}
      >
        {t('notifications.rules.edit')}
      </Button>
      {rule && (
        <Button
          size="xs"
          variant="subtle"
          color="red"
          loading={remove.isPending}
          aria-label={t('notifications.rules.removeOne', { flow: name })}
          onClick={() =>
            remove.mutate(
              { ruleId: rule.id },
              {
                onSuccess: () => tell(t('notifications.rules.removed')),
                onError: (error) => tellFailure(error, t('notifications.notDone')),
              },
            )
          }
        >
          {t('notifications.rules.remove')}
        </Button>
      )}
    </div>
  );
}

function wordsOf(rule: Rule, t: ReturnType<typeof useT>): string {
  if (rule.kinds.length === 0 || rule.channels.length === 0) return t('notifications.rules.nothing');
  const kinds = rule.kinds.map((kind) => t(`notifications.kind.${kind}`)).join(', ');
  const ways = rule.channels.map((channel) => t(`notifications.channel.${channel}`)).join(', ');
  return `${kinds} · ${ways}`;
}

function Sendings({ sendings }: { sendings: Rules['sendings'] }) {
  const t = useT();
  return (
    <Panel title={t('notifications.sent.title')}>
      {sendings.length === 0 ? (
        <p className="panel-empty">{t('notifications.sent.empty')}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{t('notifications.sent.what')}</th>
                <th>{t('notifications.sent.how')}</th>
                <th>{t('notifications.sent.state')}</th>
                <th>{t('notifications.sent.when')}</th>
              </tr>
            </thead>
            <tbody>
              {sendings.map((sending) => (
                <tr key={sending.id}>
                  <td>{errorWords({ said: sending.said, message: sending.title }, t)}</td>
                  <td>{t(`notifications.channel.${sending.channel}`)}</td>
                  <td>
                    {t(`notifications.sent.${sending.state}`, { attempts: sending.attempts })}
                    {sending.error !== null && <div className="dim small">{journalWords(sending.error, t)}</div>}
                  </td>
                  <td>
                    <When at={sending.at} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
