import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { Link } from 'wouter';
import { useT } from '../../messages/useT.ts';
import { StateDot } from '../../parts/StateBadge.tsx';
import { When } from '../../parts/When.tsx';
import { FlowMenu } from './FlowMenu.tsx';

/** Flows as rows: what is published, how the last run went, when the next one is. */
export function FlowsTable({ flows, onRun }: { flows: FlowSummary[]; onRun: (flow: FlowSummary) => void }) {
  const t = useT();
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('flows.column.name')}</th>
            <th scope="col">{t('flows.column.version')}</th>
            <th scope="col">{t('flows.column.lastRun')}</th>
            <th scope="col">{t('flows.column.nextFire')}</th>
            <th scope="col">{t('flows.column.changed')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('flows.column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.id}>
              <td>
                <span className="flow-name">
                  <Link href={`/flows/${flow.id}`}>{flow.name}</Link>
                  <small className="clip">{flow.description || t('flows.steps', { count: flow.steps })}</small>
                </span>
              </td>
              <td className="nowrap">
                {flow.publishedNumber === null ? (
                  <span className="badge tone-off">{t('flows.draft')}</span>
                ) : (
                  <>
                    {t('flows.version', { number: flow.publishedNumber })}
                    {flow.hasUnpublishedChanges && <span className="dim small"> {t('flows.changed')}</span>}
                    {flow.mcpTool !== null && <span className="badge tone-run flow-mcp">{t('flows.mcp')}</span>}
                  </>
                )}
              </td>
              <td className="nowrap">
                {flow.lastRun ? (
                  <Link href={`/runs/${flow.lastRun.id}`}>
                    <StateDot state={flow.lastRun.state} /> <When at={flow.lastRun.at} className="dim small" />
                  </Link>
                ) : (
                  <span className="faint">{t('flows.neverRun')}</span>
                )}
              </td>
              <td className="nowrap">
                {flow.nextFireAt ? <When at={flow.nextFireAt} /> : <span className="faint">{t('flows.noFire')}</span>}
              </td>
              <td className="nowrap dim">
                <When at={flow.updatedAt} />
              </td>
              <td className="end">
                <FlowMenu flow={flow} onRun={() => onRun(flow)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
