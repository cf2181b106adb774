import type { Outside } from '@rondo/shared/runs/outside.ts';
import { IconWorldShare } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { outsideWords } from './outsideWords.ts';

/** What a test will really do outside, said before it is started. */
export function OutsideList({ outside }: { outside: readonly Outside[] }) {
  const t = useT();
  if (outside.length === 0) return <p className="test-outside-none">{t('testing.outside.none')}</p>;
  return (
    <section className="test-outside" aria-label={t('testing.outside.title')}>
      <h3>
        <IconWorldShare size={18} stroke={1.75} aria-hidden="true" />
        {t('testing.outside.title')}
      </h3>
      <ul>
        {outside.map((one) => (
          <li key={one.path}>{outsideWords(one, t)}</li>
        ))}
      </ul>
    </section>
  );
}
