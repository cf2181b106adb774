import { Fragment } from 'react';
import { useT } from '../../messages/useT.ts';
import { Page } from '../../parts/Page.tsx';
import './help.css';

const words = [
  'flow',
  'step',
  'branch',
  'value',
  'run',
  'review',
  'draft',
  'version',
  'test',
  'sample',
  'schedule',
  'secret',
] as const;

/** The words that people meet, with what is meant by them. */
export function WordsPage() {
  const t = useT();
  return (
    <Page title={t('help.words')} subtitle={t('help.words.sub')}>
      <dl className="help-words">
        {words.map((word) => (
          <Fragment key={word}>
            <dt>{t(`help.${word}`)}</dt>
            <dd>{t(`help.${word}.means`)}</dd>
          </Fragment>
        ))}
      </dl>
    </Page>
  );
}
