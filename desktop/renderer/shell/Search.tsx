import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconFileImport,
  IconKeyboard,
  IconPlayerPlay,
  IconPlus,
  IconPointer,
  IconSearch,
  IconSitemap,
  IconUserCheck,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useMe, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { Keys } from './Keys.tsx';
import type { PageCommand } from './pageCommands.ts';
import { offeredCommands } from './pageCommands.ts';
import type { Place } from './places.ts';
import { markFirstFound, searchStore } from './spotlight.ts';

/** Ctrl-K: everything that can be opened or done, by its name. */
export function Search({ places, onShortcuts }: { places: readonly Place[]; onShortcuts: () => void }) {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const [opened, setOpened] = useState(false);
  const [offered, setOffered] = useState<readonly PageCommand[]>([]);
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  // “Expense approval, run 12” is found by its number
  const wanted = (/\b(\d+)$/.exec(asked)?.[1] ?? asked).slice(0, 200);
  const words = asked.slice(0, 200);
  const searched = words === '' ? {} : { search: words };
  const flows = useRead('flow', 'list', { limit: 20, ...searched }, { enabled: opened, keep: true });
  const reviews = useRead('review', 'list', { state: 'open', limit: 20, ...searched }, { enabled: opened, keep: true });
  const runs = useRead('run', 'list', { limit: 6, ...(wanted && { search: wanted }) }, { enabled: opened, keep: true });

  const actions: SpotlightActionData[] = [
    ...(may('flow.edit')
      ? [
          {
            id: 'new',
            label: t('shell.do.newFlow'),
            leftSection: <IconPlus size={18} />,
            onClick: () => navigate('/flows?new=1'),
          },
          {
            id: 'import',
            label: t('shell.do.import'),
            leftSection: <IconFileImport size={18} />,
            onClick: () => navigate('/flows?import=1'),
          },
        ]
      : []),
    { id: 'keys', label: t('shell.help'), leftSection: <IconKeyboard size={18} />, onClick: onShortcuts },
  ];
  const groups: SpotlightActionGroupData[] = [
    ...offeredGroups(offered),
    {
      group: t('shell.search.flows'),
      actions: (flows.data?.flows ?? []).slice(0, 200).map((flow) => ({
        id: `flow-${flow.id}`,
        label: flow.name,
        description: flow.description || undefined,
        leftSection: <IconSitemap size={18} />,
        onClick: () => navigate(`/flows/${flow.id}`),
      })),
    },
    {
      group: t('shell.search.reviews'),
      actions: (reviews.data?.reviews ?? []).slice(0, 50).map((review) => ({
        id: `review-${review.id}`,
        label: review.title,
        description: review.flowName,
        leftSection: <IconUserCheck size={18} />,
        onClick: () => navigate(`/inbox/${review.id}`),
      })),
    },
    {
      group: t('shell.search.runs'),
      actions: (runs.data?.runs ?? []).map((run) => ({
        id: `run-${run.id}`,
        label: t('shell.search.run', { flow: run.flowName, number: run.number }),
        description: t(`parts.state.${run.state}`),
        // the server has chosen them, by more than their names
        keywords: asked ? [asked] : [],
        leftSection: <IconPlayerPlay size={18} />,
        onClick: () => navigate(`/runs/${run.id}`),
      })),
    },
    {
      group: t('shell.search.places'),
      actions: places.map(({ name, path, icon: Sign }) => ({
        id: name,
        label: t(`shell.place.${name}`),
        leftSection: <Sign size={18} />,
        onClick: () => navigate(path),
      })),
    },
    { group: t('shell.search.actions'), actions },
  ];
  const listed = groups.flatMap((group) => group.actions.map(({ id }) => id)).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other entries stand there
  useEffect(() => {
    if (query !== '') markFirstFound();
  }, [listed, query]);
  return (
    <Spotlight
      store={searchStore}
      actions={groups}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      nothingFound={t('shell.search.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={16}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => {
        setOpened(true);
        setOffered(offeredCommands().filter((command) => !command.keysOnly && command.enabled()));
      }}
      attributes={{ content: { 'aria-label': t('shell.search') } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('shell.search'),
        'aria-label': t('shell.search'),
      }}
    />
  );
}

/** What the page that is open offers, by its headings. */
function offeredGroups(offered: readonly PageCommand[]): SpotlightActionGroupData[] {
  const titles = [...new Set(offered.map((command) => command.group))];
  return titles.map((group) => ({
    group,
    actions: offered
      .filter((command) => command.group === group)
      .map(({ id, label, description, icon: Sign, keys, run }) => ({
        id: `page-${id}`,
        label,
        description,
        leftSection: Sign ? <Sign size={18} /> : <IconPointer size={18} />,
        rightSection: keys?.[0] && <Keys shortcut={keys[0]} />,
        onClick: run,
      })),
  }));
}
