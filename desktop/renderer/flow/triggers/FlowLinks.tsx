import { Button, Checkbox, Group, Modal, Stack, Switch, Textarea } from '@mantine/core';
import { terminalStates } from '@rondo/shared/runs/states.ts';
import { IconRoute } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { errorWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { ListPanel } from '../../parts/ListPanel.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';

type FlowLink = Outputs['flowLink']['list']['links'][number];
type State = FlowLink['states'][number];

/** The flows whose ends start this one, and those that it starts by its own. */
export function FlowLinks({ flowId, editable }: { flowId: string; editable: boolean }) {
  const t = useT();
  const list = useRead('flowLink', 'list', { flowId });
  const remove = useWrite('flowLink', 'remove');
  const [adding, setAdding] = useState(false);
  const [going, setGoing] = useState<FlowLink | null>(null);
  const links = list.data?.links ?? [];
  return (
    <ListPanel
      title={t('triggers.links')}
      list={list}
      empty={{ icon: IconRoute, title: t('triggers.links.empty'), words: t('triggers.links.emptyWords') }}
      add={editable ? { label: t('triggers.links.new'), run: () => setAdding(true) } : undefined}
      rows={links.map((link) => (
        <Row key={link.id} link={link} flowId={flowId} editable={editable} onRemove={() => setGoing(link)} />
      ))}
    >
      {adding && <LinkDialog flowId={flowId} onClose={() => setAdding(false)} />}
      {going && (
        <ConfirmDialog
          title={t('triggers.links.removeTitle', { source: going.sourceName, target: going.targetName })}
          words={t('triggers.links.removeWords')}
          action={t('triggers.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={() => setGoing(null)}
          onYes={() =>
            remove.mutate(
              { linkId: going.id },
              {
                onSuccess: () => {
                  tell(t('triggers.removed'));
                  setGoing(null);
                },
              },
            )
          }
        />
      )}
    </ListPanel>
  );
}

interface RowProps {
  link: FlowLink;
  flowId: string;
  editable: boolean;
  onRemove: () => void;
}

function Row({ link, flowId, editable, onRemove }: RowProps) {
  const t = useT();
  const update = useWrite('flowLink', 'update');
  const incoming = link.targetFlowId === flowId;
  const name = incoming ? link.sourceName : link.targetName;
  return (
    <div className="panel-row">
      <div className="grow">
        <Link href={`/flows/${incoming ? link.sourceFlowId : link.targetFlowId}`}>
          {incoming ? link.sourceName : t('triggers.links.starts', { target: link.targetName })}
        </Link>
        <div className="dim small">{link.states.map((state) => t(`parts.state.${state}`)).join(', ')}</div>
      </div>
      <LastFire fire={link.lastFire} />
      {editable && (
        <>
          <Switch
            aria-label={t('triggers.turnOn', { name })}
            checked={link.enabled}
            disabled={update.isPending}
            onChange={(event) =>
              update.mutate(
                { linkId: link.id, enabled: event.currentTarget.checked },
                { onError: (error) => tellFailure(error, t('parts.error.title')) },
              )
            }
          />
          <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
            {t('triggers.remove')}
          </Button>
        </>
      )}
    </div>
  );
}

function LastFire({ fire }: { fire: FlowLink['lastFire'] }) {
  const t = useT();
  if (!fire) return <span className="dim small">{t('triggers.links.never')}</span>;
  return (
    <span className="dim small">
      <When at={fire.at} />{' '}
      {fire.runId ? (
        <Link href={`/runs/${fire.runId}`}>{t('triggers.links.ran')}</Link>
      ) : (
        <span>
          {t('triggers.links.skipped')}
          {fire.reason && `: ${errorWords({ said: fire.said, message: fire.reason }, t)}`}
        </span>
      )}
    </span>
  );
}

function LinkDialog({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const t = useT();
  const create = useWrite('flowLink', 'create');
  const [source, setSource] = useState<string | null>(null);
  const [states, setStates] = useState<State[]>(['succeeded']);
  const [filter, setFilter] = useState('');
  const [mapping, setMapping] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (source === null || states.length === 0) return;
    create.mutate({ sourceFlowId: source, targetFlowId: flowId, states, filter, mapping }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} size={560} title={t('triggers.links')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <WithHelp label={t('triggers.links.source')} help={{ words: 'fieldHelp.link.source' }}>
            <FlowSelect
              label={t('triggers.links.source')}
              field={{ error: tried && source === null ? t('triggers.links.sourceNeeded') : null }}
              without={[flowId]}
              value={source}
              onChange={setSource}
            />
          </WithHelp>
          <WithHelp label={t('triggers.links.states')} help={{ words: 'fieldHelp.link.states' }}>
            <Checkbox.Group
              label={t('triggers.links.states')}
              value={states}
              error={tried && states.length === 0 ? t('triggers.links.statesNeeded') : null}
              onChange={(value) => setStates(value as State[])}
            >
              <Group mt={4}>
                {terminalStates.map((state) => (
                  <Checkbox key={state} value={state} label={t(`parts.state.${state}`)} />
                ))}
              </Group>
            </Checkbox.Group>
          </WithHelp>
          <Textarea
            label={t('triggers.links.filter')}
            description={t('triggers.links.formulaHint')}
            autosize
            className="mono"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          <Textarea
            label={t('triggers.links.mapping')}
            description={t('triggers.links.formulaHint')}
            autosize
            className="mono"
            value={mapping}
            onChange={(event) => setMapping(event.currentTarget.value)}
          />
          <DialogEnd
            error={create.error?.message}
            action={t('triggers.links.add')}
            busy={create.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
