import {
  IconAdjustments,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBolt,
  IconDownload,
  IconFileImport,
  IconFileText,
  IconHistory,
  IconKeyboard,
  IconPhotoDown,
  IconPlayerPause,
  IconPlayerPlay,
  IconRocket,
} from '@tabler/icons-react';
import type { EditorCommand } from '../canvas/commands/command.ts';
import type { EditorPage } from '../canvas/EditorContext.tsx';
import { sheetStore } from '../shell/sheetStore.ts';

export type FlowDialog = 'publish' | 'test' | 'start' | 'settings' | 'pause' | 'import' | 'picture';

/** What the commands of the flow page work on. */
export interface FlowContext {
  page: EditorPage;
  /** may this person start runs of it, and govern it? */
  mayRun: boolean;
  mayGovern: boolean;
  published: boolean;
  paused: boolean;
  step(what: 'undo' | 'redo'): void;
  open(dialog: FlowDialog): void;
  go(path: string): void;
  exportFile(): void;
}

export type FlowCommand = EditorCommand<FlowContext>;

/** What can be done with the flow as a whole. */
export const flowCommands: readonly FlowCommand[] = [
  {
    id: 'flow.undo',
    label: 'flow.undo',
    group: 'edit',
    icon: IconArrowBackUp,
    keys: ['Mod+Z'],
    when: ({ page }) => page.editable,
    run: (context) => context.step('undo'),
  },
  {
    id: 'flow.redo',
    label: 'flow.redo',
    group: 'edit',
    icon: IconArrowForwardUp,
    keys: ['Mod+Y', 'Mod+Shift+Z'],
    when: ({ page }) => page.editable,
    run: (context) => context.step('redo'),
  },
  {
    id: 'flow.test',
    label: 'commands.test',
    group: 'flow',
    icon: IconPlayerPlay,
    run: (context) => context.open('test'),
  },
  {
    id: 'flow.publish',
    label: 'flow.publish',
    group: 'flow',
    icon: IconRocket,
    when: ({ mayGovern }) => mayGovern,
    run: (context) => context.open('publish'),
  },
  {
    id: 'flow.start',
    label: 'commands.start',
    group: 'flow',
    icon: IconPlayerPlay,
    when: ({ mayRun, published }) => mayRun && published,
    run: (context) => context.open('start'),
  },
  {
    id: 'flow.versions',
    label: 'flow.versions',
    group: 'flow',
    icon: IconHistory,
    run: ({ go, page }) => go(`/flows/${page.flowId}/versions`),
  },
  {
    id: 'flow.export',
    label: 'flow.export',
    group: 'flow',
    icon: IconDownload,
    run: (context) => context.exportFile(),
  },
  {
    id: 'flow.importInto',
    label: 'merge.importInto',
    group: 'flow',
    icon: IconFileImport,
    when: ({ page }) => page.editable,
    run: (context) => context.open('import'),
  },
  {
    id: 'flow.picture',
    label: 'pictures.menu',
    group: 'flow',
    icon: IconPhotoDown,
    run: (context) => context.open('picture'),
  },
  {
    id: 'flow.words',
    label: 'pictures.words',
    group: 'flow',
    icon: IconFileText,
    run: ({ go, page }) => go(`/flows/${page.flowId}/words`),
  },
  {
    id: 'flow.starts',
    label: 'triggers.menu',
    group: 'flow',
    icon: IconBolt,
    run: ({ go, page }) => go(`/flows/${page.flowId}/starts`),
  },
  {
    id: 'flow.settings',
    label: 'flow.settings.title',
    group: 'flow',
    icon: IconAdjustments,
    when: ({ mayGovern }) => mayGovern,
    run: (context) => context.open('settings'),
  },
  {
    id: 'flow.pause',
    label: 'flow.pause.action',
    group: 'flow',
    icon: IconPlayerPause,
    when: ({ mayGovern, paused }) => mayGovern && !paused,
    run: (context) => context.open('pause'),
  },
  {
    id: 'flow.shortcuts',
    label: 'commands.shortcuts',
    group: 'flow',
    icon: IconKeyboard,
    run: () => sheetStore.setState({ opened: true }),
  },
];
