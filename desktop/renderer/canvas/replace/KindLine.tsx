import { Menu } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { IconChevronDown } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { useEditorPage } from '../EditorContext.tsx';
import type { StepKind } from '../stepKinds.ts';
import { infoOf } from '../stepKinds.ts';
import { ReplaceItems } from './ReplaceItems.tsx';
import { replaceableKinds } from './replaceableKinds.ts';
import './replace.css';

/** The kind of a step in words; opens the list of kinds that it can be replaced by. */
export function KindLine({ node, kind }: { node: NodeView; kind: StepKind }) {
  const t = useT();
  const { editable } = useEditorPage();
  const words = kind === 'unknown' ? node.type : t(`canvas.kind.${kind}`);
  const tip = infoOf(kind).oas || node.type;
  if (!editable || replaceableKinds(kind).length === 0) return <span title={tip}>{words}</span>;
  return (
    <Menu position="bottom-start" width={248}>
      <Menu.Target>
        <button type="button" className="kind-line" title={tip} aria-label={t('canvas.replaceKind', { kind: words })}>
          {words}
          <IconChevronDown size={13} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="replace-menu">
        <Menu.Label>{t('canvas.replaceBy')}</Menu.Label>
        <ReplaceItems node={node} />
      </Menu.Dropdown>
    </Menu>
  );
}
