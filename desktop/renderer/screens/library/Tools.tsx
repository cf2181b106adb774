import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTool, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useMe, useRead } from '../../api/queries.ts';
import { StepIcon } from '../../canvas/StepIcon.tsx';
import type { StepKind } from '../../canvas/stepKinds.ts';
import { withTexts } from '../../messages/language.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { FilterChoice, ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { UsedBy } from '../../parts/UsedBy.tsx';
import { useChosen } from '../../parts/useChosen.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';
import { RemoveTools } from './RemoveTools.tsx';
import type { Tool } from './tool.ts';
import { toolFilterNames, toolFilterOf } from './toolFilters.ts';
import { type ToolKind, toolKinds } from './toolForm.ts';

const ToolDialog = lazy(() => withTexts(['editor', 'library', 'said'], import('./ToolDialog.tsx')));

const pieceSize = 50;

const signs: Record<ToolKind, StepKind> = { formula: 'formula', script: 'script', web: 'api', flow: 'runFlow' };

/** The tools of the workspace: what steps and agents call by a name, what it does here, and which flows call it. */
export function Tools() {
  const t = useT();
  const { may } = useMe();
  const filters = useFilters(toolFilterNames);
  const filter = toolFilterOf(filters.value);
  const list = JSON.stringify(filter);
  const chosen = useChosen<Tool>(list, (tool) => tool.id);
  const [open, setOpen] = useState<Tool | 'new' | null>(null);
  const [going, setGoing] = useState<Tool[] | null>(null);
  const first = useRead('tool', 'list', { ...filter, limit: pieceSize }, { keep: true });
  const mayEdit = may('tool.edit');
  const make = mayEdit ? { label: t('library.tools.new'), run: () => setOpen('new') } : undefined;
  const columns: Column<Tool>[] = [
    { label: t('library.tools.name'), cell: (tool) => <ToolName tool={tool} /> },
    {
      label: t('library.usedBy'),
      cell: (tool) => <UsedBy kind="tool" name={tool.name} uses={tool.uses} />,
    },
    {
      label: t('library.changed'),
      className: 'wide-only nowrap',
      tone: 'dim',
      cell: (tool) => <When at={tool.updatedAt} />,
    },
  ];
  if (mayEdit)
    columns.push({
      label: t('flows.column.actions'),
      quiet: true,
      className: 'end nowrap',
      cell: (tool) => <ToolActions tool={tool} onChange={() => setOpen(tool)} onRemove={() => setGoing([tool])} />,
    });
  return (
    <>
      <ListFilters filters={filters} search={t('library.tools.search')}>
        <FilterChoice
          filters={filters}
          name="kind"
          label={t('library.tools.kind')}
          any={t('library.tools.anyKind')}
          data={toolKinds.map((kind) => ({ value: kind, label: t(`library.tools.kind.${kind}`) }))}
        />
        <FilterChoice
          filters={filters}
          name="used"
          label={t('library.used')}
          any={t('library.used')}
          data={[
            { value: 'yes', label: t('library.used.yes') },
            { value: 'no', label: t('library.used.no') },
          ]}
        />
        <FlowSelect
          label={t('library.usedIn')}
          placeholder={t('library.usedIn')}
          value={filters.value('flow') ?? null}
          onChange={(flowId) => filters.set('flow', flowId)}
        />
      </ListFilters>
      <Panel
        title={t('library.tools')}
        aside={
          make &&
          (filters.count > 0 || (first.data?.tools.length ?? 0) > 0) && (
            <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={make.run}>
              {make.label}
            </Button>
          )
        }
      >
        <PagedTable
          noun="tool"
          filter={filter}
          rowsOf={(page) => page.tools}
          keyOf={(tool) => tool.id}
          nameOf={(tool) => tool.name}
          columns={columns}
          rowHeight={59}
          chosen={mayEdit ? chosen : undefined}
          bulk={
            <Button
              variant="default"
              size="xs"
              className="danger"
              leftSection={<IconTrash size={14} />}
              onClick={() => setGoing(chosen.rows)}
            >
              {t('library.tools.remove')}
            </Button>
          }
          empty={
            filters.count > 0 ? (
              <NoMatch title={t('library.tools.noMatch')} filters={filters} />
            ) : (
              <EmptyState
                icon={IconTool}
                title={t('library.tools.empty')}
                words={t('library.tools.emptyWords')}
                action={make}
              />
            )
          }
        />
      </Panel>
      {open && (
        <Suspense fallback={null}>
          <ToolDialog {...(open !== 'new' && { toolId: open.id })} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {going && (
        <RemoveTools
          tools={going}
          onClose={() => setGoing(null)}
          onDone={(left) => {
            setGoing(null);
            chosen.settled(going, left);
          }}
        />
      )}
    </>
  );
}

function ToolName({ tool }: { tool: Tool }) {
  const t = useT();
  return (
    <span className="tool-cell">
      <StepIcon kind={signs[tool.kind]} size={24} />
      <span>
        <span className="strong">{tool.name}</span>{' '}
        <span className="faint small">{t(`library.tools.kind.${tool.kind}`)}</span>
        {tool.description && (
          <>
            <br />
            <span className="dim small">{tool.description}</span>
          </>
        )}
      </span>
    </span>
  );
}

function ToolActions({ tool, onChange, onRemove }: { tool: Tool; onChange: () => void; onRemove: () => void }) {
  const t = useT();
  return (
    <span className="row-actions">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('library.tools.editOf', { name: tool.name })}
        onClick={onChange}
      >
        <IconPencil size={16} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('library.tools.removeOf', { name: tool.name })}
        onClick={onRemove}
      >
        <IconTrash size={16} stroke={1.75} />
      </ActionIcon>
    </span>
  );
}
