import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { AddPlace } from './drawing.ts';

export type InspectorTab = 'setup' | 'data' | 'test' | 'notes' | 'json';
export type DrawerTab = 'problems' | 'runs' | 'tests' | 'data';
/** What of a flow is tried out: one step, the flow from a step on, or up to a step. */
export type TestKind = 'step' | 'from' | 'to';

/** The step palette opened at a point of the canvas. */
export interface QuickPalette {
  screen: { x: number; y: number };
  place: AddPlace;
}

/** The menu at a point of the canvas, and what it is about. */
export interface CanvasMenu {
  screen: { x: number; y: number };
  of: 'step' | 'frame' | 'edge' | 'pane';
}

/** What is open, folded and chosen on the flow page; nothing here belongs to the document. */
export interface CanvasUi {
  selection: readonly string[];
  edges: readonly string[];
  /** sticky notes and frames that are selected */
  extras: readonly string[];
  /** the note whose text, or the frame whose name, is being written */
  editing: string | null;
  /** what dragging on the empty canvas does: it moves the picture, or selects */
  tool: 'hand' | 'select';
  inspector: boolean;
  tab: InspectorTab;
  palette: boolean;
  /** what stands at the left: the steps to add, or the outline of those that are there */
  side: 'palette' | 'outline';
  drawer: boolean;
  drawerTab: DrawerTab;
  allData: boolean;
  /** the small map of the whole flow */
  map: boolean;
  quick: QuickPalette | null;
  menu: CanvasMenu | null;
  /** find and replace is open; the number counts how often it was asked for */
  find: number | null;
  /** what was done last, in words, for those who do not see it; the number tells two of the same apart */
  said: { words: string; nonce: number };
  /** the flow that is drawn: null for the document's own, else the id of one inside */
  flow: string | null;
  /** the test run that is drawn on the canvas */
  run: string | null;
  /** a part of the flow that somebody asks to try out */
  test: { kind: TestKind; node: string } | null;
  /** the step whose inspector takes the keys as soon as it is there */
  entering: string | null;
  /** a step that the canvas should bring into view; `keys`: it takes the keys, too */
  reveal: { id: string; nonce: number; keys: boolean } | null;
}

export type CanvasUiStore = StoreApi<CanvasUi>;

export function createCanvasUi(): CanvasUiStore {
  const ui = createStore<CanvasUi>(() => ({
    selection: [],
    edges: [],
    extras: [],
    editing: null,
    tool: 'hand',
    inspector: true,
    tab: 'setup',
    palette: true,
    side: 'palette',
    drawer: false,
    drawerTab: 'problems',
    allData: false,
    map: true,
    quick: null,
    menu: null,
    find: null,
    said: { words: '', nonce: 0 },
    flow: null,
    run: null,
    test: null,
    entering: null,
    reveal: null,
  }));
  // whoever selects other steps or lines means these only
  ui.subscribe((state, before) => {
    const other = state.selection !== before.selection || state.edges !== before.edges;
    if (other && state.extras === before.extras && state.extras.length > 0) ui.setState({ extras: [] });
  });
  return ui;
}

/** Selects one step, shows it and opens the inspector on it. */
export function showStep(ui: CanvasUiStore, id: string, tab?: InspectorTab): void {
  selectStep(ui, id, true);
  if (tab) ui.setState({ tab });
}

/** Selects a step and brings it into view; the keys stay where they are. */
export function lookAtStep(ui: CanvasUiStore, id: string): void {
  selectStep(ui, id, false);
}

/** Opens the inspector on a step and goes into it. */
export function enterStep(ui: CanvasUiStore, id: string): void {
  selectStep(ui, id, false);
  ui.setState({ entering: id });
}

function selectStep(ui: CanvasUiStore, id: string, keys: boolean): void {
  ui.setState({ selection: [id], edges: [], inspector: true, reveal: nextReveal(ui, id, keys) });
}

/** Gives the keys back to a step on the canvas. */
export function backToStep(ui: CanvasUiStore, id: string): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  ui.setState({ reveal: nextReveal(ui, id) });
}

/** Draws a flow inside, or the document's own (null). */
export function openInner(ui: CanvasUiStore, flow: string | null): void {
  ui.setState({ flow, selection: [], edges: [], extras: [], quick: null, menu: null });
}

/** Tells what was done to those who hear the page. */
export function sayDone(ui: CanvasUiStore, words: string): void {
  ui.setState({ said: { words, nonce: ui.getState().said.nonce + 1 } });
}

/** Asks the canvas to bring a step into view. @param keys whether it takes the keys, too */
export function nextReveal(ui: CanvasUiStore, id: string, keys = true): CanvasUi['reveal'] {
  return { id, nonce: (ui.getState().reveal?.nonce ?? 0) + 1, keys };
}
