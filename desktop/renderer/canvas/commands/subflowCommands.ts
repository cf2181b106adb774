import { turnInto } from '@rondo/shared/oas/subflow/turnInto.ts';
import { unfold } from '@rondo/shared/oas/subflow/unfold.ts';
import type { WhyNot } from '@rondo/shared/oas/subflow/whyNot.ts';
import { IconArrowBarUp, IconArrowsDiagonal, IconSitemap, IconSitemapOff } from '@tabler/icons-react';
import { freeName } from '../drawing.ts';
import { leaveGroups } from '../frames/frames.ts';
import { innerFlows, wayTo } from '../inner/innerFlows.ts';
import { openInner, showStep } from '../ui.ts';
import type { CanvasCommand, CanvasContext } from './canvasContext.ts';
import { currentStep, isEditable, selectionOf } from './canvasContext.ts';

const treeOf = (context: CanvasContext) => context.page.editor.store.getState().tree;

function sayWhy(context: CanvasContext, { why, about }: { why: WhyNot; about: string }): void {
  context.actions.say(context.t(`canvas.subflow.why.${why}`, { about }));
}

function firstInner(context: CanvasContext) {
  const node = currentStep(context);
  return node && innerFlows(treeOf(context), node.component)[0];
}

/** Flows inside of the flow: made of steps, taken apart, entered and left. */
export const subflowCommands: readonly CanvasCommand[] = [
  {
    id: 'subflow.make',
    label: 'commands.makeSubflow',
    group: 'steps',
    icon: IconSitemap,
    keys: ['Mod+Shift+E'],
    when: (context) => isEditable(context) && selectionOf(context).length > 0,
    run(context) {
      const { gesture, page, t } = context;
      const view = context.view();
      const name = freeName(view, t('canvas.newSubflow'));
      const ids = selectionOf(context);
      const made = turnInto(treeOf(context), view.id, ids, {
        name,
        startName: t('canvas.kind.start'),
        endName: t('canvas.kind.end'),
        positions: context.positions(),
      });
      if ('why' in made) {
        sayWhy(context, made);
        return;
      }
      const ok = gesture(t('canvas.gesture.makeSubflow', { count: ids.length }), (draft) => {
        draft.run(...made.commands);
        leaveGroups(draft, new Set(ids));
      });
      if (ok) showStep(page.ui, made.node, 'setup');
    },
  },
  {
    id: 'subflow.unfold',
    label: 'commands.unfoldSubflow',
    group: 'steps',
    icon: IconSitemapOff,
    when: (context) => isEditable(context) && currentStep(context)?.type === 'FlowNode',
    run(context) {
      const { gesture, page, t } = context;
      const view = context.view();
      const step = currentStep(context);
      if (!step) return;
      const flat = unfold(treeOf(context), view.id, step.id, {
        freeName: (name, taken) => freeName({ nodes: [...taken].map((other) => ({ name: other })) }, name),
      });
      if ('why' in flat) {
        sayWhy(context, flat);
        return;
      }
      const ok = gesture(t('canvas.gesture.unfoldSubflow', { name: step.name }), (draft) => {
        draft.run(...flat.commands);
        leaveGroups(draft, new Set([step.id]));
      });
      if (ok) page.ui.setState({ selection: flat.nodes, edges: [] });
    },
  },
  {
    id: 'subflow.open',
    label: 'commands.openSubflow',
    group: 'steps',
    icon: IconArrowsDiagonal,
    keys: ['o'],
    when: (context) => firstInner(context) !== undefined,
    run(context) {
      const inner = firstInner(context);
      if (inner) openInner(context.page.ui, inner.id);
    },
  },
  {
    id: 'subflow.leave',
    label: 'commands.leaveSubflow',
    group: 'steps',
    icon: IconArrowBarUp,
    keys: ['u'],
    when: ({ page }) => page.ui.getState().flow !== null,
    run(context) {
      const { ui } = context.page;
      const way = wayTo(treeOf(context), ui.getState().flow ?? '');
      openInner(ui, way.at(-2)?.id ?? null);
    },
  },
];
