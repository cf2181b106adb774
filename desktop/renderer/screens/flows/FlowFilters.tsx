import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { runStates } from '@rondo/shared/runs/states.ts';
import { IconFilterOff, IconLayoutGrid, IconSearch, IconTable } from '@tabler/icons-react';
import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { PersonSelect } from '../../parts/PersonSelect.tsx';
import { type Filters, useTypedFilter } from '../../parts/useFilters.ts';
import type { FlowFilterName } from './flowFilters.ts';

export type FlowView = 'table' | 'cards';

interface Props {
  filters: Filters<FlowFilterName>;
  folders: Outputs['folder']['list'] | undefined;
}

/** The filters over the list of flows. */
export function FlowFilters({ filters, folders }: Props) {
  const t = useT();
  const search = useTypedFilter(filters.value('search'), (text) => filters.set('search', text));
  const choice = (
    name: FlowFilterName,
    label: string,
    any: string,
    data: { value: string; label: string }[],
    width: number,
  ) => (
    <Select
      aria-label={label}
      placeholder={any}
      w={width}
      clearable
      data={data}
      value={filters.value(name) ?? null}
      onChange={(value) => filters.set(name, value)}
    />
  );
  return (
    <search className="filters">
      <TextInput
        w={175}
        aria-label={t('flows.search')}
        placeholder={t('flows.search')}
        leftSection={<IconSearch size={15} />}
        value={search.typed}
        onChange={(event) => search.setTyped(event.currentTarget.value)}
      />
      <div className="folder-choice">
        {choice(
          'folder',
          t('flows.folders'),
          t('flows.folder.all'),
          [
            ...(folders?.folders ?? []).map(({ id, name }) => ({ value: id, label: name })),
            { value: 'none', label: t('flows.folder.none') },
          ],
          150,
        )}
      </div>
      {choice(
        'last',
        t('flows.column.lastRun'),
        t('flows.filter.anyRun'),
        [
          ...runStates.map((state) => ({ value: state, label: t(`parts.state.${state}`) })),
          { value: 'never', label: t('flows.filter.never') },
        ],
        130,
      )}
      {choice(
        'published',
        t('flows.filter.published'),
        t('flows.filter.anyPublished'),
        [
          { value: 'yes', label: t('flows.filter.isPublished') },
          { value: 'no', label: t('flows.filter.isDraft') },
        ],
        150,
      )}
      <PersonSelect
        label={t('flows.filter.owner')}
        placeholder={t('flows.filter.anyOwner')}
        self={t('flows.filter.mine')}
        value={filters.value('owner') ?? null}
        onChange={(value) => filters.set('owner', value)}
        width={115}
      />
      {choice(
        'show',
        t('flows.which'),
        t('flows.active'),
        [
          { value: 'archived', label: t('flows.inArchive') },
          { value: 'removed', label: t('flows.deleted') },
        ],
        100,
      )}
      {filters.count > 0 && (
        <Button variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={filters.clear}>
          {t('runs.clear')}
        </Button>
      )}
      <span className="grow" />
      <Select
        aria-label={t('flows.sort')}
        w={135}
        allowDeselect={false}
        data={[
          { value: 'changed', label: t('flows.sort.changed') },
          { value: 'name', label: t('flows.sort.name') },
        ]}
        value={filters.value('sort') === 'name' ? 'name' : 'changed'}
        onChange={(value) => filters.set('sort', value === 'name' ? 'name' : null)}
      />
    </search>
  );
}

/** Whether flows are drawn as a table or as cards. */
export function ViewChoice({ view, onView }: { view: FlowView; onView: (view: FlowView) => void }) {
  const t = useT();
  return (
    <SegmentedControl
      aria-label={t('flows.view')}
      value={view}
      onChange={(value) => onView(value as FlowView)}
      data={[
        { value: 'table', label: <ViewSign Sign={IconTable} words={t('flows.view.table')} /> },
        { value: 'cards', label: <ViewSign Sign={IconLayoutGrid} words={t('flows.view.cards')} /> },
      ]}
    />
  );
}

function ViewSign({ Sign, words }: { Sign: typeof IconTable; words: string }) {
  return (
    <span className="view-sign" title={words}>
      <Sign size={16} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
