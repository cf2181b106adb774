import { Button } from '@mantine/core';
import { type Icon, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/errors.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { Panel } from './Panel.tsx';
import { RowsSkeleton } from './Skeletons.tsx';

interface Props {
  title: string;
  list: { data: unknown; error: ApiError | null; refetch: () => unknown };
  /** said where the list is empty */
  empty: { icon: Icon; title: string; words: string };
  /** absent where nothing can be added */
  add?: { label: string; run: () => void } | undefined;
  rows: ReactNode[];
  /** the dialogs that belong to it */
  children: ReactNode;
}

/** A list in a panel: its rows, what stands there while it is read or empty, and the button that adds one. */
export function ListPanel({ title, list, empty, add, rows, children }: Props) {
  return (
    <Panel
      title={title}
      aside={
        rows.length > 0 &&
        add && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add.run}>
            {add.label}
          </Button>
        )
      }
    >
      {list.error && !list.data ? (
        <ErrorState error={list.error} onAgain={() => void list.refetch()} />
      ) : !list.data ? (
        <RowsSkeleton rows={2} />
      ) : rows.length === 0 ? (
        <EmptyState {...empty} action={add} />
      ) : (
        rows
      )}
      {children}
    </Panel>
  );
}
