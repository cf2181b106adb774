import { ActionIcon, Button, Menu, Skeleton } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconDots,
  IconDownload,
  IconFileText,
  IconRestore,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useT } from '../messages/useT.ts';
import { When } from '../parts/When.tsx';
import type { Moment } from './moments.ts';
import type { GestureItem, Stretch, VersionItem } from './timeline.ts';
import { timeline } from './timeline.ts';

interface Props {
  flowId: string;
  versions: readonly VersionItem[];
  gestures: readonly GestureItem[];
  /** more gestures are to be had */
  more: boolean;
  onMore: () => void;
  loading: boolean;
  publishedNumber: number | null;
  from: Moment;
  to: Moment;
  onCompare: (from: Moment, to: Moment) => void;
  /** absent for those who may not edit */
  onRestore: ((version: number) => void) | undefined;
  onCopy: ((version: number) => void) | undefined;
  onDownload: (version: number) => void;
}

/** Versions and the gestures between them, the newest first; choosing one shows what it changed. */
export function History(props: Props) {
  const t = useT();
  const stretches = useMemo(() => timeline(props.versions, props.gestures), [props.versions, props.gestures]);
  return (
    <nav className="history" aria-label={t('versions.history')}>
      <h2>{t('versions.history')}</h2>
      {props.loading && <Skeleton height={160} />}
      <ol>
        {stretches.map((stretch) => (
          <StretchItem key={stretch.version?.number ?? 'draft'} stretch={stretch} {...props} />
        ))}
      </ol>
      {props.more && (
        <Button variant="subtle" size="compact-sm" onClick={props.onMore}>
          {t('versions.earlier')}
        </Button>
      )}
    </nav>
  );
}

function StretchItem({ stretch, ...props }: Props & { stretch: Stretch }) {
  const t = useT();
  const { version, gestures } = stretch;
  const [open, setOpen] = useState(version === null);
  const before: Moment =
    version === null ? newest(props.publishedNumber) : version.number > 1 ? `v${version.number - 1}` : 'nothing';
  const own: Moment = version === null ? 'draft' : `v${version.number}`;
  const shown = props.from === before && props.to === own;
  return (
    <li className="history-stretch">
      <div className="history-head" data-shown={shown || undefined}>
        <button
          type="button"
          className="history-name"
          aria-current={shown || undefined}
          onClick={() => props.onCompare(before, own)}
          title={version === null ? undefined : t('versions.showChanges', { number: version.number })}
        >
          <b>{version === null ? t('versions.draft') : t('versions.version', { number: version.number })}</b>
          {version !== null && version.number === props.publishedNumber && (
            <span className="history-published">{t('versions.published')}</span>
          )}
          {version !== null && (
            <span className="faint">
              {version.publishedByName} <When at={version.publishedAt} />
            </span>
          )}
          {version?.note && <span className="history-note">{version.note}</span>}
        </button>
        {version !== null && <VersionMenu number={version.number} {...props} />}
      </div>
      {gestures.length > 0 && (
        <button type="button" className="history-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          {t('versions.gestures', { count: gestures.length })}
        </button>
      )}
      {open && (
        <ol className="history-gestures">
          {gestures.map((gesture) => (
            <li key={gesture.seq}>
              <button
                type="button"
                aria-current={props.to === `g${gesture.seq}` || undefined}
                title={t('versions.showGesture', { label: gesture.label })}
                onClick={() => props.onCompare(`g${gesture.seq - 1}`, `g${gesture.seq}`)}
              >
                <span>{t(`versions.gesture.${gesture.kind}`, { label: gesture.label })}</span>
                <span className="faint">
                  {gesture.actorName} <When at={gesture.at} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

function newest(published: number | null): Moment {
  return published === null ? 'nothing' : `v${published}`;
}

function VersionMenu({ flowId, number, onRestore, onCopy, onDownload }: Props & { number: number }) {
  const t = useT();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('versions.actions', { number })}>
          <IconDots size={17} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onRestore && (
          <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => onRestore(number)}>
            {t('versions.restore')}
          </Menu.Item>
        )}
        {onCopy && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => onCopy(number)}>
            {t('versions.copy')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => onDownload(number)}>
          {t('versions.download')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          href={`/flows/${flowId}/words?version=${number}`}
          leftSection={<IconFileText size={16} />}
        >
          {t('pictures.words')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
