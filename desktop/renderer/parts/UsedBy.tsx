import { Modal } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Inputs, type Outputs, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { PieceEnd } from './PieceEnd.tsx';
import { type Piece, usePieces } from './usePieces.ts';

type Kind = Inputs['usage']['list']['kind'];
type User = Outputs['usage']['list']['users'][number];

/** As many are counted at most. */
const mostCounted = 100;

interface ButtonProps {
  kind: Kind;
  name: string;
  /** by how many it is used */
  uses: number;
}

/** By how many something is used; opens the list of them. */
export function UsedBy({ kind, name, uses }: ButtonProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (uses === 0) return <span className="faint">{t('parts.uses.none')}</span>;
  const words =
    uses >= mostCounted ? t('parts.uses.many', { count: mostCounted }) : t('parts.uses.count', { count: uses });
  return (
    <>
      <button
        type="button"
        className="plain-button link nowrap"
        aria-label={t('parts.uses.of', { name, words })}
        onClick={() => setOpen(true)}
      >
        {words}
      </button>
      {open && (
        <Modal opened onClose={() => setOpen(false)} title={t('parts.uses.title', { name })} size={520}>
          <Users kind={kind} name={name} />
        </Modal>
      )}
    </>
  );
}

function Users({ kind, name }: Omit<ButtonProps, 'uses'>) {
  const { pieces } = usePieces();
  return (
    <div className="panel">
      {pieces.map((piece) => (
        <UserPiece key={piece.cursor ?? ''} kind={kind} name={name} piece={piece} />
      ))}
    </div>
  );
}

function UserPiece({ kind, name, piece }: Omit<ButtonProps, 'uses'> & { piece: Piece }) {
  const page = useRead('usage', 'list', {
    kind,
    name,
    limit: 20,
    ...(piece.cursor !== undefined && { cursor: piece.cursor }),
  });
  return (
    <>
      {page.data?.users.map((user) => (
        <UserRow key={user.id} user={user} />
      ))}
      <PieceEnd piece={piece} page={page} />
    </>
  );
}

function UserRow({ user }: { user: User }) {
  const t = useT();
  if (user.kind === 'tool')
    return (
      <Link href={`/library?search=${encodeURIComponent(user.name)}`} className="link-row">
        <strong className="grow">{user.name}</strong>
        <span className="dim small nowrap">{t('parts.uses.tool')}</span>
      </Link>
    );
  const place = user.draft && user.published ? 'both' : user.published ? 'published' : 'draft';
  return (
    <Link href={`/flows/${user.id}`} className="link-row">
      <strong className="grow">{user.name}</strong>
      <span className="dim small nowrap">
        {t(`parts.uses.${place}`)}
        {user.state !== 'active' && <> · {t(`parts.uses.${user.state}`)}</>}
      </span>
    </Link>
  );
}

const namedAtOnce = 5;
const askedAtOnce = 10;

/** Who uses what is about to go, by name, for the question whether it should. Says nothing where nobody does. */
export function UsersOfGoing({ kind, going }: { kind: Kind; going: readonly { name: string; uses: number }[] }) {
  const t = useT();
  const used = going.filter((one) => one.uses > 0);
  if (used.length === 0) return null;
  return (
    <div className="uses-going">
      <p>{t('parts.uses.going')}</p>
      <ul>
        {used.slice(0, askedAtOnce).map((one) => (
          <NamedUsers key={one.name} kind={kind} name={one.name} uses={one.uses} several={going.length > 1} />
        ))}
        {used.length > askedAtOnce && <li>{t('parts.uses.moreThings', { count: used.length - askedAtOnce })}</li>}
      </ul>
    </div>
  );
}

function NamedUsers({ kind, name, uses, several }: ButtonProps & { several: boolean }) {
  const t = useT();
  const { data } = useRead('usage', 'list', { kind, name, limit: namedAtOnce });
  const names = data?.users.map((user) => user.name).join(', ') ?? t('parts.loading');
  const more = data && uses > data.users.length ? uses - data.users.length : 0;
  return (
    <li>
      {several && (
        <>
          <strong className="strong">{name}</strong>
          {': '}
        </>
      )}
      {names}
      {more > 0 && ` ${t('parts.uses.more', { count: more })}`}
    </li>
  );
}
