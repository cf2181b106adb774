import { Switch } from '@mantine/core';
import { Link } from 'wouter';
import { useRead, useWrite } from '../../api/queries.ts';
import { journalWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { TablePieceEnd } from '../../parts/PieceEnd.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { type Piece, usePieces } from '../../parts/usePieces.ts';
import { When } from '../../parts/When.tsx';
import { ScheduleMenu } from './ScheduleMenu.tsx';
import type { Asking, Schedule } from './schedule.ts';
import { pieceSize, type ScheduleFilter } from './scheduleFilter.ts';
import { useTimetableWords } from './useTimetableWords.ts';

interface Props {
  filter: ScheduleFilter;
  editable: boolean;
  onAsk: (asking: Asking) => void;
}

/** The schedules that match, piece by piece. */
export function ScheduleTable(props: Props) {
  const t = useT();
  const { pieces } = usePieces();
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('schedules.col.flow')}</th>
            <th scope="col">{t('schedules.col.when')}</th>
            <th scope="col">{t('schedules.col.next')}</th>
            <th scope="col">{t('schedules.col.last')}</th>
            <th scope="col">{t('schedules.col.on')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('flows.column.actions')}</span>
            </th>
          </tr>
        </thead>
        {pieces.map((piece) => (
          <Rows key={piece.cursor ?? ''} piece={piece} {...props} />
        ))}
      </table>
    </div>
  );
}

function Rows({ piece, filter, editable, onAsk }: Props & { piece: Piece }) {
  const page = useRead(
    'schedule',
    'list',
    { ...filter, limit: pieceSize, ...(piece.cursor !== undefined && { cursor: piece.cursor }) },
    { refetchInterval: 60_000 },
  );
  return (
    <tbody>
      {page.data?.schedules.map((schedule) => (
        <Row key={schedule.id} schedule={schedule} editable={editable} onAsk={onAsk} />
      ))}
      <TablePieceEnd piece={piece} page={page} columns={6} />
    </tbody>
  );
}

function Row({
  schedule,
  editable,
  onAsk,
}: {
  schedule: Schedule;
  editable: boolean;
  onAsk: (asking: Asking) => void;
}) {
  const t = useT();
  const update = useWrite('schedule', 'update', ['schedule', 'flow', 'home']);
  const words = useTimetableWords()(schedule);
  const next = schedule.nextFires[0];
  const name = schedule.name || schedule.flowName;
  return (
    <tr>
      <td>
        <Link href={`/flows/${schedule.flowId}`}>{schedule.flowName}</Link>
        {schedule.name && schedule.name !== schedule.flowName && <div className="dim small">{schedule.name}</div>}
      </td>
      <td>
        {words}
        {!words.includes(schedule.timeZone) && <div className="dim small">{schedule.timeZone}</div>}
      </td>
      <td className="nowrap">
        {schedule.enabled ? next && <When coming at={next} /> : <span className="dim">{t('schedules.paused')}</span>}
      </td>
      <td className="nowrap">
        {schedule.lastFire ? (
          <>
            <When at={schedule.lastFire.dueAt} />
            <div className="small">
              {schedule.lastFire.runId ? (
                <Link href={`/runs/${schedule.lastFire.runId}`}>
                  {t(`schedules.outcome.${schedule.lastFire.outcome}`)}
                </Link>
              ) : (
                <span
                  className="dim"
                  title={schedule.lastFire.reason ? journalWords(schedule.lastFire.reason, t) : undefined}
                >
                  {t(`schedules.outcome.${schedule.lastFire.outcome}`)}
                </span>
              )}
            </div>
          </>
        ) : (
          <span className="dim">{t('schedules.never')}</span>
        )}
      </td>
      <td>
        <Switch
          aria-label={t('schedules.turnOn', { name })}
          checked={schedule.enabled}
          disabled={!editable || update.isPending}
          onChange={(event) =>
            update.mutate(
              { scheduleId: schedule.id, enabled: event.currentTarget.checked },
              { onError: (error) => tellFailure(error, t('parts.error.title')) },
            )
          }
        />
      </td>
      <td className="end">
        <ScheduleMenu schedule={schedule} name={name} editable={editable} onAsk={onAsk} />
      </td>
    </tr>
  );
}
