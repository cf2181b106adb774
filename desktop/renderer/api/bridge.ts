/** What the desktop program offers to the page; absent in a browser. */
export interface DesktopBridge {
  readonly server: string;
  readonly platform: 'desktop';
  setInboxCount(count: number): void;
  notify(notice: { title: string; body: string; href: string }): void;
  onNavigate(callback: (path: string) => void): () => void;
  chooseServer(): void;
}

declare global {
  interface Window {
    rondo?: DesktopBridge;
  }
}

/** The desktop program around this page, when there is one. */
export function desktopBridge(): DesktopBridge | undefined {
  return window.rondo;
}
