import type { ReactComponentImplementation } from '@a2ui/react/v0_9';
import { createComponentImplementation } from '@a2ui/react/v0_9';
import { CardApi, ColumnApi, DividerApi, ListApi, ModalApi, RowApi, TabsApi } from '@a2ui/web_core/v0_9/basic_catalog';
import { Divider, Modal, Tabs } from '@mantine/core';
import { type CSSProperties, Fragment, type ReactNode, useState } from 'react';
import { useT } from '../messages/useT.ts';

type Build = (id: string, basePath?: string) => ReactNode;

const justified: Record<string, CSSProperties['justifyContent']> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  spaceBetween: 'space-between',
  spaceAround: 'space-around',
  spaceEvenly: 'space-evenly',
  stretch: 'stretch',
};
const aligned: Record<string, CSSProperties['alignItems']> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  stretch: 'stretch',
};

/** How much room a component takes among its neighbours; they wrap where there is little. */
export function weightStyle(weight: unknown): CSSProperties {
  return typeof weight === 'number' ? { flex: `${weight} 1 ${Math.min(220, 90 * weight)}px`, minWidth: 0 } : {};
}

/** Draws children, which are ids, or ids with a place in the data for the items of a template. */
function Children({ list, build }: { list: unknown; build: Build }) {
  if (!Array.isArray(list)) return null;
  return (
    <>
      {list.map((child: unknown, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the same id may stand twice; its place tells the two apart
        if (typeof child === 'string') return <Fragment key={`${child}-${index}`}>{build(child)}</Fragment>;
        if (typeof child === 'object' && child !== null && 'id' in child && typeof child.id === 'string') {
          const base = 'basePath' in child && typeof child.basePath === 'string' ? child.basePath : undefined;
          return <Fragment key={`${child.id}-${base}`}>{build(child.id, base)}</Fragment>;
        }
        return null;
      })}
    </>
  );
}

const Row = createComponentImplementation(RowApi, ({ props, buildChild, context }) => {
  const raw: unknown = context.componentModel.properties.children;
  const onlyButtons =
    Array.isArray(raw) &&
    raw.length > 0 &&
    raw.every((id: unknown) => typeof id === 'string' && context.surfaceComponents.get(id)?.type === 'Button');
  return (
    <div
      className={onlyButtons ? 'a2ui-row a2ui-actions' : 'a2ui-row'}
      style={{
        ...weightStyle(props.weight),
        justifyContent: justified[props.justify ?? 'start'],
        alignItems: aligned[props.align ?? 'stretch'],
      }}
    >
      <Children list={props.children} build={buildChild} />
    </div>
  );
});

const Column = createComponentImplementation(ColumnApi, ({ props, buildChild }) => (
  <div
    className="a2ui-column"
    style={{
      ...weightStyle(props.weight),
      justifyContent: justified[props.justify ?? 'start'],
      alignItems: aligned[props.align ?? 'stretch'],
    }}
  >
    <Children list={props.children} build={buildChild} />
  </div>
));

const List = createComponentImplementation(ListApi, ({ props, buildChild }) => (
  <div
    className="a2ui-list"
    data-direction={props.direction ?? 'vertical'}
    style={{ ...weightStyle(props.weight), alignItems: aligned[props.align ?? 'stretch'] }}
  >
    <Children list={props.children} build={buildChild} />
  </div>
));

const Card = createComponentImplementation(CardApi, ({ props, buildChild }) => (
  <div className="a2ui-card" style={weightStyle(props.weight)}>
    {props.child ? buildChild(props.child) : null}
  </div>
));

const TabsView = createComponentImplementation(TabsApi, ({ props, buildChild }) => {
  const tabs = props.tabs ?? [];
  return (
    <Tabs defaultValue="0" style={weightStyle(props.weight)}>
      <Tabs.List mb="md">
        {tabs.map((tab, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tabs are known by their place
          <Tabs.Tab key={index} value={String(index)}>
            {String(tab.title ?? '')}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tabs are known by their place
        <Tabs.Panel key={index} value={String(index)}>
          {tab.child ? buildChild(tab.child) : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
});

const ModalView = createComponentImplementation(ModalApi, ({ props, buildChild }) => {
  const t = useT();
  const [opened, setOpened] = useState(false);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside has the role and takes the keys; its click comes up to here */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div className="a2ui-modal-trigger" onClick={() => setOpened(true)}>
        {props.trigger ? buildChild(props.trigger) : null}
      </div>
      <Modal opened={opened} onClose={() => setOpened(false)} closeButtonProps={{ 'aria-label': t('parts.close') }}>
        {props.content ? buildChild(props.content) : null}
      </Modal>
    </>
  );
});

const DividerView = createComponentImplementation(DividerApi, ({ props }) => (
  <Divider orientation={props.axis === 'vertical' ? 'vertical' : 'horizontal'} color="var(--r-line)" />
));

/** The components that hold or part others. */
export const layoutComponents: ReactComponentImplementation[] = [
  Row,
  Column,
  List,
  Card,
  TabsView,
  ModalView,
  DividerView,
];
