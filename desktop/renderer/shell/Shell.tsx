import './shell.css';
import { useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { desktopBridge } from '../api/bridge.ts';
import { useMe, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { BottomBar } from './BottomBar.tsx';
import { placeOf, visiblePlaces } from './places.ts';
import { QueueBanner } from './QueueBanner.tsx';
import { Rail } from './Rail.tsx';
import { Search } from './Search.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { TopBar } from './TopBar.tsx';
import { useGlobalKeys } from './useGlobalKeys.ts';

/** What stands around every screen: the rail, the top bar, the search, the sheet of shortcuts. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  const [location] = useLocation();
  const { may } = useMe();
  // the canvas wants the width: there the rail is folded until somebody unfolds it
  const drawing = /^\/flows\/./.test(location);
  const [railFolded, setRailFolded] = useLocalStorage({ key: 'rondo.rail.folded', defaultValue: false });
  const [canvasFolded, setCanvasFolded] = useLocalStorage({ key: 'rondo.rail.folded.canvas', defaultValue: true });
  const [folded, setFolded] = drawing ? [canvasFolded, setCanvasFolded] : [railFolded, setRailFolded];
  const [sheet, setSheet] = useState(false);
  const inbox = useRead('review', 'list', { state: 'open' });
  const open = inbox.data?.open ?? 0;
  const place = placeOf(location);
  useGlobalKeys(() => setSheet(true));

  useEffect(() => {
    if (inbox.data) desktopBridge()?.setInboxCount(open);
  }, [inbox.data, open]);

  useEffect(() => {
    document.title = place ? t('shell.pageTitle', { place: t(`shell.place.${place}`) }) : t('shell.name');
  }, [place, t]);

  const shown = visiblePlaces(may);
  return (
    <div className="shell" data-folded={folded}>
      <a className="skip-link" href="#main">
        {t('shell.skip')}
      </a>
      <Rail places={shown} current={place} count={open} folded={folded} onFold={() => setFolded(!folded)} />
      <TopBar onHelp={() => setSheet(true)} />
      <main className="shell-main" id="main" tabIndex={-1}>
        <QueueBanner />
        {children}
      </main>
      <BottomBar places={shown} current={place} count={open} />
      <Search places={shown} onShortcuts={() => setSheet(true)} />
      <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}
