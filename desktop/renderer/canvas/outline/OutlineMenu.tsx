import { Menu } from '@mantine/core';
import { useT } from '../../messages/useT.ts';
import { Keys } from '../../shell/Keys.tsx';
import type { OutlineRow } from './order.ts';
import type { OutlineDeed } from './outlineKeys.ts';
import { outlineKeys } from './outlineKeys.ts';

interface Props {
  row: OutlineRow;
  isStart: boolean;
  editable: boolean;
  /** a step was cut, and can be put here */
  isCut: boolean;
  onDeed: (deed: OutlineDeed) => void;
}

/** What can be done with a row of the outline. */
export function OutlineMenu({ row, isStart, editable, isCut, onDeed }: Props) {
  const t = useT();
  const deeds: OutlineDeed[] = row.type === 'branch' ? [] : ['open'];
  if (editable) {
    deeds.push('add');
    if (row.type === 'step') deeds.push('rename');
    deeds.push('connect');
    if (row.type === 'step' && !isStart) deeds.push('cut');
    if (isCut) deeds.push('paste');
    if (!isStart || row.type !== 'step') deeds.push('remove');
  }
  return deeds.map((deed) => (
    <Menu.Item
      key={deed}
      rightSection={<Keys shortcut={outlineKeys[deed][0]} />}
      {...(deed === 'remove' ? { className: 'menu-danger' } : {})}
      onClick={() => onDeed(deed)}
    >
      {words(deed)}
    </Menu.Item>
  ));

  function words(deed: OutlineDeed): string {
    if (deed === 'open') return t(row.type === 'link' ? 'outline.do.follow' : 'outline.do.open');
    if (deed === 'add') return t(row.type === 'step' ? 'outline.do.add' : 'outline.do.addOnBranch');
    if (deed === 'remove') return t(row.type === 'step' ? 'outline.do.remove' : 'outline.do.disconnect');
    return t(`outline.do.${deed}`);
  }
}
