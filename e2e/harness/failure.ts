import { onTestFailed } from 'vitest';
import { picture, type Visit } from './pages.ts';

/**
 * When the test that runs now fails: a picture of where it stood (`failed-<name>.png`), its address and complaints.
 * @param seen asked when it has failed
 */
export function rememberFailure(name: string, seen: () => Pick<Visit, 'page' | 'complaints'>): void {
  onTestFailed(async () => {
    const { page, complaints } = seen();
    await picture(page, `failed-${name}`).catch(() => {});
    console.error(`${page.url()}\n${complaints.join('\n')}`);
  });
}
