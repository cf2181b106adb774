import { Popover } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type ReactNode, useLayoutEffect } from 'react';
import { useT } from '../../messages/useT.ts';
import { ValueTree } from './values/ValueTree.tsx';
import type { PickedValue } from './values/valuePath.ts';

interface Props {
  node: NodeView;
  opened: boolean;
  onClose: () => void;
  onPick: (value: PickedValue) => void;
  wanted?: JsonObject | undefined;
  /** where the keys go when the tree closes; default: back to what had them */
  returnFocus?: boolean;
  children: ReactNode;
}

/** Chooses a value of an earlier step from the tree of them all. */
export function SourcePicker({ node, opened, onClose, onPick, wanted, returnFocus = true, children }: Props) {
  const t = useT();
  // asked before the tree takes the keys: afterwards the popover would give them back to the tree
  useLayoutEffect(() => {
    const before = document.activeElement;
    if (!opened || !returnFocus || !(before instanceof HTMLElement)) return;
    return () => {
      requestAnimationFrame(() => before.focus({ preventScroll: true }));
    };
  }, [opened, returnFocus]);
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && onClose()}
      position="bottom-start"
      width={320}
      withinPortal
      withRoles={false}
      trapFocus
      transitionProps={{ duration: 0 }}
      shadow="md"
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={t('canvas.pickValue')}>
        {opened && (
          <ValueTree
            node={node}
            wanted={wanted}
            onPick={(value) => {
              onPick(value);
              onClose();
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
