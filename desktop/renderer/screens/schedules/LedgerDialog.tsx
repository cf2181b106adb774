import { Modal } from '@mantine/core';
import { Link } from 'wouter';
import { useRead } from '../../api/queries.ts';
import { journalWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { TablePieceEnd } from '../../parts/PieceEnd.tsx';
import { type Piece, usePieces } from '../../parts/usePieces.ts';
import { When } from '../../parts/When.tsx';
import type { Schedule } from './schedule.ts';

/** Every fire of a schedule: when it was due, what came of it. */
export function LedgerDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useT();
  const { pieces } = usePieces();
  return (
    <Modal opened onClose={onClose} size={640} title={t('schedules.ledger', { flow: schedule.flowName })}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('schedules.due')}</th>
            <th>{t('schedules.happened')}</th>
          </tr>
        </thead>
        {pieces.map((piece) => (
          <Fires key={piece.cursor ?? ''} scheduleId={schedule.id} piece={piece} />
        ))}
      </table>
    </Modal>
  );
}

function Fires({ scheduleId, piece }: { scheduleId: string; piece: Piece }) {
  const { cursor } = piece;
  const t = useT();
  const page = useRead('schedule', 'fires', { scheduleId, ...(cursor !== undefined && { cursor }) });
  return (
    <tbody>
      {page.data?.fires.map((fire) => (
        <tr key={`${fire.dueAt} ${fire.doneAt}`}>
          <td className="nowrap">
            <When at={fire.dueAt} />
          </td>
          <td>
            {t(`schedules.outcome.${fire.outcome}`)}{' '}
            {fire.reason && <span className="dim">{journalWords(fire.reason, t)}</span>}{' '}
            {fire.runId && <Link href={`/runs/${fire.runId}`}>{t('schedules.openRun')}</Link>}
          </td>
        </tr>
      ))}
      <TablePieceEnd
        piece={piece}
        page={page}
        columns={2}
        empty={page.data?.fires.length === 0 && t('schedules.ledgerEmpty')}
      />
    </tbody>
  );
}
