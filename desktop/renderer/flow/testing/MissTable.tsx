import type { Miss } from '@rondo/shared/runs/pinnedTests.ts';
import { useT } from '../../messages/useT.ts';
import { missRow } from './missWords.ts';

/** What a run did otherwise than its test expects. */
export function MissTable({ misses }: { misses: readonly Miss[] }) {
  const t = useT();
  return (
    <table className="miss-table">
      <thead>
        <tr>
          <th scope="col">{t('testing.tests.col.what')}</th>
          <th scope="col">{t('testing.tests.col.expected')}</th>
          <th scope="col">{t('testing.tests.col.actual')}</th>
        </tr>
      </thead>
      <tbody>
        {misses.map((miss) => {
          const { what, expected, actual } = missRow(miss, t);
          return (
            <tr key={`${miss.kind} ${what}`}>
              <th scope="row">{what}</th>
              <td>
                <ins>{expected}</ins>
              </td>
              <td>
                <del>{actual}</del>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
