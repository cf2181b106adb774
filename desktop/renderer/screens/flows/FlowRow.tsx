import { Checkbox } from '@mantine/core';
import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { IconFolder } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useT } from '../../messages/useT.ts';
import { StateDot } from '../../parts/StateBadge.tsx';
import { StepSigns } from '../../parts/StepSigns.tsx';
import { When } from '../../parts/When.tsx';
import { FlowMenu } from './FlowMenu.tsx';

export interface FlowItemProps {
  flow: FlowSummary;
  selected: boolean;
  /** absent where nothing can be chosen */
  onSelect?: ((on: boolean) => void) | undefined;
  onRun: () => void;
}

/** A flow as a row: where it stands, what is published, how the last run went, when the next one is, whose it is. */
export function FlowRow({ flow, selected, onSelect, onRun }: FlowItemProps) {
  const t = useT();
  return (
    <tr data-selected={selected || undefined}>
      {onSelect && (
        <td className="check">
          <Checkbox
            aria-label={t('flows.select', { name: flow.name })}
            checked={selected}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
        </td>
      )}
      <td className="flow-cell">
        <span className="flow-name">
          <Link className="clip" href={`/flows/${flow.id}`}>
            {flow.name}
          </Link>
          <small className="clip">
            {flow.folder && (
              <span className="flow-folder">
                <IconFolder size={13} aria-hidden /> {flow.folder.name} ·{' '}
              </span>
            )}
            {flow.description || t('flows.steps', { count: flow.steps })}
          </small>
        </span>
      </td>
      <td className="nowrap">
        <Published flow={flow} />
      </td>
      <td className="nowrap">
        <LastRun flow={flow} />
      </td>
      <td className="nowrap wide-only">
        {flow.nextFireAt ? <When coming at={flow.nextFireAt} /> : <span className="faint">{t('flows.noFire')}</span>}
      </td>
      <td className="nowrap wide-only">{flow.ownerName ?? <span className="faint">{t('flows.noOwner')}</span>}</td>
      <td className="wide-only">
        <Runners flow={flow} />
      </td>
      <td className="nowrap dim wide-only">
        <When at={flow.updatedAt} />
      </td>
      <td className="end">
        <FlowMenu flow={flow} onRun={onRun} />
      </td>
    </tr>
  );
}

/** The same as a card. */
export function FlowCard({ flow, selected, onSelect, onRun }: FlowItemProps) {
  const t = useT();
  return (
    <section className="panel flow-card" aria-label={flow.name} data-selected={selected || undefined}>
      <div className="row flow-card-top">
        {onSelect && (
          <Checkbox
            aria-label={t('flows.select', { name: flow.name })}
            checked={selected}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
        )}
        <StepSigns signs={flow.signs} />
        <span className="grow" />
        <FlowMenu flow={flow} onRun={onRun} />
      </div>
      <Link href={`/flows/${flow.id}`} className="flow-card-name clip">
        {flow.name}
      </Link>
      <p className="dim small flow-card-words">{flow.description || t('flows.steps', { count: flow.steps })}</p>
      <div className="flow-card-line small">
        <LastRun flow={flow} />
        <span className="nowrap">
          <Published flow={flow} />
        </span>
      </div>
      <div className="flow-card-line small dim">
        <span className="clip">{flow.folder?.name ?? flow.ownerName}</span>
        <span className="nowrap">
          {flow.nextFireAt ? (
            <>
              {t('flows.nextAt')} <When coming at={flow.nextFireAt} />
            </>
          ) : (
            <When at={flow.updatedAt} />
          )}
        </span>
      </div>
    </section>
  );
}

function Published({ flow }: { flow: FlowSummary }) {
  const t = useT();
  if (flow.publishedNumber === null) return <span className="badge tone-off">{t('flows.draft')}</span>;
  return (
    <>
      {t('flows.version', { number: flow.publishedNumber })}
      {flow.hasUnpublishedChanges && <span className="dim small"> {t('flows.changed')}</span>}
      {flow.mcpTool !== null && <span className="badge tone-run flow-mcp">{t('flows.mcp')}</span>}
    </>
  );
}

function LastRun({ flow }: { flow: FlowSummary }) {
  const t = useT();
  if (!flow.lastRun) return <span className="faint">{t('flows.neverRun')}</span>;
  return (
    <Link href={`/runs/${flow.lastRun.id}`} className="last-run">
      <StateDot state={flow.lastRun.state} /> <When at={flow.lastRun.at} className="dim small" />
    </Link>
  );
}

function Runners({ flow }: { flow: FlowSummary }) {
  const t = useT();
  if (!flow.runners) return <span className="faint">{t('flows.everyone')}</span>;
  const names = [...flow.runners.groups, ...flow.runners.people].join(', ');
  return (
    <span className="clip flow-runners" title={names}>
      {names}
    </span>
  );
}
