import './shell.css';
import { useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { desktopBridge } from '../api/bridge.ts';
import { useMe, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { Tour } from '../tour/Tour.tsx';
import { BottomBar } from './BottomBar.tsx';
import { placeOf, visiblePlaces } from './places.ts';
import { QueueBanner } from './QueueBanner.tsx';
import { Rail } from './Rail.tsx';
import { Search } from './Search.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { sheetStore } from './sheetStore.ts';
import { TopBar } from './TopBar.tsx';
import { useGlobalKeys } from './useGlobalKeys.ts';

const openSheet = () => sheetStore.setState({ opened: true });

/** What stands around every screen: the rail, the top bar, the search, the sheet of shortcuts. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  const [location] = useLocation();
  const { may } = useMe();
  // the canvas wants the width: there the rail is folded until somebody unfolds it
  const drawing = /^\/flows\/(?!templates)./.test(location);
  const [railFolded, setRailFolded] = useLocalStorage({ key: 'rondo.rail.folded', defaultValue: false });
  const [canvasFolded, setCanvasFolded] = useLocalStorage({ key: 'rondo.rail.folded.canvas', defaultValue: true });
  const [folded, setFolded] = drawing ? [canvasFolded, setCanvasFolded] : [railFolded, setRailFolded];
  const sheet = useStore(sheetStore, (store) => store.opened);
  const inbox = useRead('review', 'list', { state: 'open', limit: 1 });
  const open = inbox.data?.open ?? 0;
  const place = placeOf(location);
  useGlobalKeys(openSheet);

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
      <TopBar onHelp={openSheet} />
      <main className="shell-main" id="main" tabIndex={-1}>
        <QueueBanner />
        <Tour />
        {children}
      </main>
      <BottomBar places={shown} current={place} count={open} />
      <Search places={shown} onShortcuts={openSheet} />
      <ShortcutSheet opened={sheet} onClose={() => sheetStore.setState({ opened: false })} />
    </div>
  );
}
