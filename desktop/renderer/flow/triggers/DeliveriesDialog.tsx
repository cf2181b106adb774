import { Button, Modal, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { errorWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { TablePieceEnd } from '../../parts/PieceEnd.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { exactTime } from '../../parts/times.ts';
import { type Piece, usePieces } from '../../parts/usePieces.ts';
import { When } from '../../parts/When.tsx';
import type { Webhook } from './examples.ts';

type Delivery = Outputs['webhook']['deliveries']['deliveries'][number];
type Outcome = 'accepted' | 'duplicate' | 'refused';
const outcomes = ['accepted', 'duplicate', 'refused'] as const;

/** The calls of a webhook: what came of each, and why one was refused; an admin sends a refused one again. */
export function DeliveriesDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useT();
  const [shown, setShown] = useState<Outcome | 'all'>('all');
  const { pieces, restart } = usePieces();
  return (
    <Modal opened onClose={onClose} size={820} title={t('triggers.calls.title', { name: webhook.name })}>
      <SegmentedControl
        mb="sm"
        aria-label={t('triggers.calls.what')}
        value={shown}
        data={[
          { value: 'all', label: t('triggers.calls.all') },
          ...outcomes.map((value) => ({ value, label: t(`triggers.calls.${value}`) })),
        ]}
        onChange={(value) => {
          setShown(value as Outcome | 'all');
          restart();
        }}
      />
      {webhook.dropped > 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('triggers.calls.dropped', { count: webhook.dropped })}
        </Text>
      )}
      <table className="table">
        <thead>
          <tr>
            <th>{t('triggers.calls.when')}</th>
            <th>{t('triggers.calls.what')}</th>
            <th>{t('triggers.calls.from')}</th>
            <th />
          </tr>
        </thead>
        {pieces.map((piece) => (
          <Calls
            key={`${shown} ${piece.cursor ?? ''}`}
            webhookId={webhook.id}
            outcome={shown === 'all' ? undefined : shown}
            piece={piece}
          />
        ))}
      </table>
    </Modal>
  );
}

interface CallsProps {
  webhookId: string;
  outcome: Outcome | undefined;
  piece: Piece;
}

function Calls({ webhookId, outcome, piece }: CallsProps) {
  const t = useT();
  const { cursor } = piece;
  const page = useRead('webhook', 'deliveries', {
    webhookId,
    ...(outcome !== undefined && { outcome }),
    ...(cursor !== undefined && { cursor }),
  });
  return (
    <tbody>
      {page.data?.deliveries.map((delivery) => (
        <Call key={delivery.id} delivery={delivery} />
      ))}
      <TablePieceEnd
        piece={piece}
        page={page}
        columns={4}
        empty={page.data?.deliveries.length === 0 && t('triggers.calls.empty')}
      />
    </tbody>
  );
}

const tones = { accepted: 'ok', duplicate: 'off', refused: 'bad', again: 'wait' } as const;

function Call({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const { may } = useMe();
  const resend = useWrite('webhook', 'resend');
  const [open, setOpen] = useState(false);
  const again = () =>
    resend.mutate(
      { deliveryId: delivery.id },
      {
        onSuccess: (done) => {
          if (done.outcome === 'refused')
            tellFailure(
              new Error(errorWords({ said: done.said, message: done.reason ?? '' }, t)),
              t('triggers.calls.resentRefused'),
            );
          else tell(t(done.outcome === 'duplicate' ? 'triggers.calls.resentDuplicate' : 'triggers.calls.resent'));
        },
        onError: (error) => tellFailure(error, t('parts.error.title')),
      },
    );
  return (
    <>
      <tr>
        <td className="nowrap">
          <When at={delivery.at} />
        </td>
        <td>
          <span className={`badge tone-${tones[delivery.outcome]}`}>{t(`triggers.calls.${delivery.outcome}`)}</span>{' '}
          {delivery.reason && (
            <span className="dim">{errorWords({ said: delivery.said, message: delivery.reason }, t)}</span>
          )}{' '}
          {delivery.runId && <Link href={`/runs/${delivery.runId}`}>{t('triggers.openRun')}</Link>}
        </td>
        <td className="dim small nowrap">
          {delivery.ip}
          {delivery.againOf && <div>{t('triggers.calls.byHand')}</div>}
        </td>
        <td className="end nowrap">
          <Button
            size="xs"
            variant="subtle"
            aria-expanded={open}
            aria-label={t('triggers.calls.showOf', { time: exactTime(new Date(delivery.at)) })}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'triggers.calls.hide' : 'triggers.calls.show')}
          </Button>
          {delivery.outcome === 'refused' && may('webhook.resend') && (
            <Button size="xs" variant="default" loading={resend.isPending} onClick={again}>
              {t('triggers.calls.resend')}
            </Button>
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={4}>
            <Sent deliveryId={delivery.id} />
          </td>
        </tr>
      )}
    </>
  );
}

function Sent({ deliveryId }: { deliveryId: string }) {
  const t = useT();
  const sent = useRead('webhook', 'delivery', { deliveryId });
  if (sent.error) return <ErrorState error={sent.error} onAgain={() => void sent.refetch()} />;
  if (!sent.data) return <RowsSkeleton rows={1} />;
  const { method, query, headers, body } = sent.data;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <div className="triggers-sent">
      <pre className="triggers-code">{[`${method}${query && ` ?${query}`}`, ...lines].join('\n')}</pre>
      {body === null ? (
        <p className="dim small">{t('triggers.calls.noBody')}</p>
      ) : (
        <pre className="triggers-code">{body}</pre>
      )}
    </div>
  );
}
