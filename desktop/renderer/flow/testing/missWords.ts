import type { Json } from '@rondo/shared/oas/json.ts';
import type { Miss } from '@rondo/shared/runs/pinnedTests.ts';
import { placeWords } from '@rondo/shared/runs/valueDiff.ts';
import { shortText } from '../../canvas/shortText.ts';
import { branchLabel } from '../../canvas/summary.ts';
import { errorWords } from '../../messages/journalWords.ts';
import type { Words } from '../../messages/useT.ts';

/** What a test found, as a row: what, what was expected, what came out. */
export function missRow(miss: Miss, t: Words): { what: string; expected: string; actual: string } {
  switch (miss.kind) {
    case 'state': {
      const actual =
        miss.actual === 'waiting' && miss.message !== undefined
          ? t('testing.tests.waits', { name: miss.message })
          : [
              t(`parts.state.${miss.actual}`),
              miss.message === undefined ? '' : errorWords({ ...miss, message: miss.message }, t),
            ]
              .filter(Boolean)
              .join(': ');
      return { what: t('testing.tests.miss.state'), expected: t(`parts.state.${miss.expected}`), actual };
    }
    case 'end':
      return { what: t('testing.tests.miss.end'), expected: miss.expected, actual: miss.actual };
    case 'branch':
      return {
        what: t('testing.tests.miss.branch', { name: miss.name }),
        expected: branchLabel(miss.expected, t),
        actual: miss.actual === null ? t('testing.tests.notReached') : branchLabel(miss.actual, t),
      };
    case 'output':
      return { what: placeWords(miss.at), expected: valueWords(miss.a, t), actual: valueWords(miss.b, t) };
  }
}

/** A value on one line, or that there is none. */
export function valueWords(value: Json | undefined, t: Words): string {
  return value === undefined ? t('testing.tests.nothing') : shortText(value, 200);
}
