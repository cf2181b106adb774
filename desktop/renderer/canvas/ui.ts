import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { AddPlace } from './drawing.ts';

export type InspectorTab = 'setup' | 'data' | 'test' | 'notes' | 'json';
export type DrawerTab = 'problems' | 'runs' | 'data';

/** The step palette opened at a point of the canvas. */
export interface QuickPalette {
  screen: { x: number; y: number };
  place: AddPlace;
}

/** What is open, folded and chosen on the flow page; nothing here belongs to the document. */
export interface CanvasUi {
  selection: readonly string[];
  edges: readonly string[];
  inspector: boolean;
  tab: InspectorTab;
  palette: boolean;
  drawer: boolean;
  drawerTab: DrawerTab;
  allData: boolean;
  quick: QuickPalette | null;
  /** the flow that is drawn: null for the document's own, else the id of one inside */
  flow: string | null;
  /** the test run that is drawn on the canvas */
  run: string | null;
  /** a step that the canvas should bring into view */
  reveal: { id: string; nonce: number } | null;
}

export type CanvasUiStore = StoreApi<CanvasUi>;

export function createCanvasUi(): CanvasUiStore {
  return createStore<CanvasUi>(() => ({
    selection: [],
    edges: [],
    inspector: true,
    tab: 'setup',
    palette: true,
    drawer: false,
    drawerTab: 'problems',
    allData: false,
    quick: null,
    flow: null,
    run: null,
    reveal: null,
  }));
}

/** Selects one step, shows it and opens the inspector on it. */
export function showStep(ui: CanvasUiStore, id: string, tab?: InspectorTab): void {
  const nonce = (ui.getState().reveal?.nonce ?? 0) + 1;
  ui.setState({ selection: [id], edges: [], inspector: true, reveal: { id, nonce }, ...(tab ? { tab } : {}) });
}
