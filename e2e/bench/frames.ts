import type { Page } from 'playwright-core';

/** Frames that a page drew while something went on. */
export interface Frames {
  perSecond: number;
  /** ms between two frames: nineteen of twenty are no longer */
  p95: number;
  longest: number;
}

/** Counts the frames that the page draws while `act` goes on. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const gaps: number[] = [];
    let last = 0;
    let on = true;
    const tick = (at: number) => {
      if (last > 0) gaps.push(at - last);
      last = at;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    (window as never as Record<string, unknown>).stopFrames = () => {
      on = false;
      return gaps;
    };
  });
  await act();
  const gaps = await page.evaluate(() => (window as never as Record<string, () => number[]>).stopFrames?.() ?? []);
  const sorted = [...gaps].sort((a, b) => a - b);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    perSecond: total > 0 ? (gaps.length / total) * 1000 : 0,
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    longest: sorted.at(-1) ?? 0,
  };
}

/**
 * Types into the field that has the focus.
 * @returns ms from each key press until the frame after it was drawn
 */
export async function typingDelays(page: Page, text: string): Promise<number[]> {
  await page.evaluate(() => {
    const delays: number[] = [];
    const onKey = (event: KeyboardEvent) => {
      const began = event.timeStamp;
      requestAnimationFrame(() => {
        // the message arrives when the frame has been given away
        const channel = new MessageChannel();
        channel.port1.onmessage = () => delays.push(performance.now() - began);
        channel.port2.postMessage(null);
      });
    };
    window.addEventListener('keydown', onKey, true);
    (window as never as Record<string, unknown>).stopTyping = () => {
      window.removeEventListener('keydown', onKey, true);
      return delays;
    };
  });
  for (const letter of text) {
    await page.keyboard.type(letter);
    await page.waitForTimeout(40);
  }
  return page.evaluate(() => (window as never as Record<string, () => number[]>).stopTyping?.() ?? []);
}
