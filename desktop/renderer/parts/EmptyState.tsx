import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: Icon;
  title: string;
  words?: string;
  action?: { label: string; run: () => void } | undefined;
  children?: ReactNode;
}

/** What a list shows when there is nothing in it: a picture, a sentence, one button. */
export function EmptyState({ icon: Sign, title, words, action, children }: Props) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden="true">
        <Sign size={28} stroke={1.5} />
      </span>
      <h2 className="title-3">{title}</h2>
      {words && <p className="dim small">{words}</p>}
      {action && <Button onClick={action.run}>{action.label}</Button>}
      {children}
    </div>
  );
}
