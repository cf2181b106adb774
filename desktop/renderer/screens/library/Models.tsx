import { IconBrain } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { UsedBy } from '../../parts/UsedBy.tsx';
import { useFilters } from '../../parts/useFilters.ts';

type Model = Outputs['model']['list']['models'][number];

const filterNames = ['search'] as const;

/** The models that flows name, and which flows do. */
export function Models() {
  const t = useT();
  const [, navigate] = useLocation();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const filter = { ...(search && { search }) };
  const columns: Column<Model>[] = [
    { label: t('library.models.name'), cell: (model) => <span className="strong">{model.name}</span> },
    {
      label: t('library.usedBy'),
      cell: (model) => <UsedBy kind="model" name={model.name} uses={model.uses} />,
    },
  ];
  return (
    <>
      <ListFilters filters={filters} search={t('library.models.search')} />
      <Panel title={t('library.models')}>
        <PagedTable
          noun="model"
          filter={filter}
          rowsOf={(page) => page.models}
          keyOf={(model) => model.name}
          nameOf={(model) => model.name}
          columns={columns}
          empty={
            filters.count > 0 ? (
              <NoMatch title={t('library.models.noMatch')} filters={filters} />
            ) : (
              <EmptyState
                icon={IconBrain}
                title={t('library.models.empty')}
                words={t('library.models.emptyWords')}
                action={{ label: t('runs.empty.action'), run: () => navigate('/flows') }}
              />
            )
          }
        />
      </Panel>
    </>
  );
}
