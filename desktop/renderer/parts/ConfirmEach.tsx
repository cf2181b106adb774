import type { ReactNode } from 'react';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { useEach } from './useEach.ts';

interface Props<R extends { name: string }> {
  rows: readonly R[];
  /** the question for one row by its name, and for several by their number */
  title: { one: (name: string) => string; many: (count: number) => string };
  words: string;
  action: string;
  act: (row: R) => Promise<unknown>;
  /** how it went */
  said: (done: number) => string;
  /** of the names, where there are several */
  namesClass?: string;
  /** what else goes with them */
  children?: ReactNode;
  onClose: () => void;
  /** with those for which it failed */
  onDone: (left: readonly R[]) => void;
}

/** Asks once before several things go, names them, and does it for one after the other. */
export function ConfirmEach<R extends { name: string }>(props: Props<R>) {
  const { rows, title, words, action, act, said, namesClass = 'going-names', children, onClose, onDone } = props;
  const { busy, run } = useEach(act);
  const [only] = rows;
  return (
    <ConfirmDialog
      title={rows.length === 1 && only ? title.one(only.name) : title.many(rows.length)}
      words={words}
      action={action}
      busy={busy}
      onClose={onClose}
      onYes={async () => onDone(await run(rows, said))}
    >
      {rows.length > 1 && <p className={namesClass}>{rows.map(({ name }) => name).join(', ')}</p>}
      {children}
    </ConfirmDialog>
  );
}
