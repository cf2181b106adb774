import { useSampleLanguage } from './useSampleLanguage.ts';
import './templates.css';
import { IconChevronLeft, IconTemplate } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { StepSigns } from '../../parts/StepSigns.tsx';
import { TemplateDetail } from './TemplateDetail.tsx';

/** Flows to begin with: at the left which there are, at the right the chosen one as it is drawn, and what it needs. */
export function TemplatesPage({ sample }: { sample?: string | undefined }) {
  const t = useT();
  const list = useRead('sample', 'list', useSampleLanguage());
  const samples = list.data?.samples ?? [];
  const chosen = sample ?? samples[0]?.slug;
  return (
    <Page
      wide
      title={t('templates.title')}
      subtitle={t('templates.about')}
      actions={
        <Link href="/flows" className="row link">
          <IconChevronLeft size={16} aria-hidden /> {t('templates.back')}
        </Link>
      }
    >
      {list.error && !list.data ? (
        <ErrorState error={list.error} onAgain={() => void list.refetch()} />
      ) : list.data && samples.length === 0 ? (
        <EmptyState icon={IconTemplate} title={t('templates.none')} />
      ) : (
        <div className="templates">
          <nav className="panel template-list" aria-label={t('templates.list')}>
            {!list.data && <RowsSkeleton rows={5} height={84} />}
            {samples.map((each) => (
              <Link
                key={each.slug}
                href={`/flows/templates/${each.slug}`}
                replace
                className="template-item"
                aria-current={each.slug === chosen ? 'true' : undefined}
              >
                <StepSigns signs={each.steps.slice(0, 6)} />
                <strong>{each.name}</strong>
                <small className="dim">{each.description}</small>
              </Link>
            ))}
          </nav>
          <div className="template-detail">{chosen && <TemplateDetail key={chosen} slug={chosen} />}</div>
        </div>
      )}
    </Page>
  );
}
