import { Button, Modal, Select } from '@mantine/core';
import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { branchLabel } from '../summary.ts';

interface Props {
  view: FlowView;
  node: NodeView;
  /** the way out that was meant */
  branch: string | undefined;
  onConnect: (branch: string, to: string) => void;
  onClose: () => void;
}

/** Chooses the step to which a way out of another one leads. */
export function ConnectDialog({ view, node, branch: meant, onConnect, onClose }: Props) {
  const t = useT();
  const [branch, setBranch] = useState(meant ?? node.branches[0] ?? '');
  const [to, setTo] = useState<string | null>(null);
  const targets = view.nodes.filter((other) => other.id !== node.id && other.id !== view.startId);
  return (
    <Modal opened onClose={onClose} title={t('outline.connectTitle', { name: node.name })} size={420}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (to === null) return;
          onConnect(branch, to);
          onClose();
        }}
      >
        {node.branches.length > 1 && (
          <WithHelp label={t('outline.branch')} help={{ words: 'fieldHelp.outline.branch' }}>
            <Select
              label={t('outline.branch')}
              data={node.branches.map((value) => ({ value, label: branchLabel(value, t) }))}
              value={branch}
              allowDeselect={false}
              onChange={(value) => setBranch(value ?? branch)}
              mb={12}
            />
          </WithHelp>
        )}
        <WithHelp label={t('outline.goesOnWith')} help={{ words: 'fieldHelp.outline.next' }}>
          <Select
            label={t('outline.goesOnWith')}
            placeholder={t('outline.chooseStep')}
            data={targets.map(({ id, name }) => ({ value: id, label: name }))}
            value={to}
            searchable
            data-autofocus
            selectFirstOptionOnChange
            limit={200}
            nothingFoundMessage={t('outline.noStep')}
            onChange={setTo}
          />
        </WithHelp>
        <div className="outline-dialog-end">
          <Button variant="default" onClick={onClose}>
            {t('outline.cancel')}
          </Button>
          <Button type="submit" disabled={to === null}>
            {t('outline.connect')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
