import './notifications.css';
import { ActionIcon, Button, SegmentedControl, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconBellCheck, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { errorWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Page } from '../../parts/Page.tsx';
import { PieceEnd } from '../../parts/PieceEnd.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { type Piece, usePieces } from '../../parts/usePieces.ts';
import { When } from '../../parts/When.tsx';

type Told = Outputs['notification']['list']['notifications'][number];
type Which = 'unread' | 'all';

/** What one was told, the newest first. */
export function NotificationsPage() {
  const t = useT();
  const [which, setWhich] = useState<Which>('all');
  const { pieces, restart } = usePieces();
  const readAll = useWrite('notification', 'read');
  const first = useRead('notification', 'list', { unread: true });
  const unread = first.data?.unread ?? 0;
  return (
    <Page
      title={t('notifications.title')}
      subtitle={t('notifications.subtitle')}
      actions={
        <Button
          component={Link}
          href="/notifications/settings"
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} />}
        >
          {t('notifications.settings')}
        </Button>
      }
    >
      <div className="told-head">
        <SegmentedControl
          aria-label={t('notifications.show')}
          value={which}
          data={[
            { value: 'all', label: t('notifications.all') },
            { value: 'unread', label: t('notifications.unread') },
          ]}
          onChange={(value) => {
            setWhich(value === 'unread' ? 'unread' : 'all');
            restart();
          }}
        />
        <span className="grow" />
        <Button
          variant="default"
          size="xs"
          disabled={unread === 0}
          loading={readAll.isPending}
          onClick={() => readAll.mutate({}, { onError: (error) => tellFailure(error, t('notifications.notDone')) })}
        >
          {t('notifications.readAll')}
        </Button>
      </div>
      <div className="panel">
        {pieces.map((piece) => (
          <SomeTold key={`${which} ${piece.cursor ?? ''}`} which={which} piece={piece} />
        ))}
      </div>
    </Page>
  );
}

function SomeTold({ which, piece }: { which: Which; piece: Piece }) {
  const t = useT();
  const { cursor } = piece;
  const list = useRead('notification', 'list', {
    ...(which === 'unread' && { unread: true }),
    ...(cursor !== undefined && { cursor }),
  });
  const notifications = list.data?.notifications ?? [];
  if (list.data && notifications.length === 0 && cursor === undefined)
    return (
      <EmptyState
        icon={IconBellCheck}
        title={t(which === 'unread' ? 'notifications.empty.unread' : 'notifications.empty.title')}
        words={t('notifications.empty.words')}
      />
    );
  return (
    <>
      {notifications.length > 0 && (
        <ul className="told-list">
          {notifications.map((told) => (
            <One key={told.id} told={told} />
          ))}
        </ul>
      )}
      <PieceEnd piece={piece} page={list} />
    </>
  );
}

function One({ told }: { told: Told }) {
  const t = useT();
  const read = useWrite('notification', 'read');
  const mark = () => {
    if (!told.read)
      read.mutate({ ids: [told.id] }, { onError: (error) => tellFailure(error, t('notifications.notDone')) });
  };
  const title = errorWords({ said: told.said, message: told.title }, t);
  const rest = told.count - told.newest.length;
  return (
    <li className="told" data-unread={told.read ? undefined : true}>
      <span className="told-dot" aria-hidden="true" />
      <div>
        <h2 className="told-title">
          {!told.read && <VisuallyHidden>{t('notifications.unread')}: </VisuallyHidden>}
          {title}
        </h2>
        <ul className="told-newest">
          {told.newest.map((one) => (
            <li key={`${one.runId ?? ''} ${one.at} ${one.words}`}>
              <Link href={placeOf(told, one.runId)} onClick={mark}>
                {errorWords({ said: one.said, message: one.words }, t)}
              </Link>
            </li>
          ))}
          {rest > 0 && <li className="dim">{t('notifications.andMore', { count: rest })}</li>}
        </ul>
      </div>
      <div className="told-end">
        <When at={told.lastAt} className="dim small" />
        {!told.read && (
          <Tooltip label={t('notifications.read', { title })}>
            <ActionIcon
              variant="subtle"
              size={28}
              loading={read.isPending}
              onClick={mark}
              aria-label={t('notifications.read', { title })}
            >
              <IconCheck size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </li>
  );
}

function placeOf(told: Told, runId: string | null): string {
  if (runId !== null) return `/runs/${runId}`;
  return told.kind === 'fire_missed' ? '/schedules' : '/runs';
}
