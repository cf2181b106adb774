import type { RondoBridge } from '../../preload/bridge.ts';

declare global {
  interface Window {
    /** there only in the desktop program */
    rondo?: RondoBridge;
  }
}

/** What the desktop program offers to the page; undefined in a browser. */
export function desktopBridge(): RondoBridge | undefined {
  return typeof window === 'undefined' ? undefined : window.rondo;
}
