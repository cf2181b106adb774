import { Button } from '@mantine/core';
import { IconArrowLeft, IconCopy, IconPrinter, IconShare3, IconUserCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useSearch } from 'wouter';
import { useRead } from '../api/queries.ts';
import { parse } from '../canvas/replay.ts';
import { useT } from '../messages/useT.ts';
import { ErrorState } from '../parts/ErrorState.tsx';
import { Page } from '../parts/Page.tsx';
import { PageSkeleton } from '../parts/Skeletons.tsx';
import { tell } from '../parts/tell.ts';
import type { ChapterWords, StepWords } from './flowInWords.ts';
import { asMarkdown, flowInWords } from './flowInWords.ts';
import './pictures.css';
import { useTimetableWords } from '../screens/schedules/useTimetableWords.ts';

const longFlow = 12;

/** A flow told in words, for reading and printing: the draft, or a version (`?version=3`). */
export function WordsPage({ flowId }: { flowId: string }) {
  const t = useT();
  const wordsOf = useTimetableWords();
  const asked = Number(new URLSearchParams(useSearch()).get('version'));
  const number = Number.isInteger(asked) && asked > 0 ? asked : null;
  const flow = useRead('flow', 'get', { flowId });
  const version = useRead('flow', 'version', { flowId, number: number ?? 1 }, { enabled: number !== null });
  const schedules = useRead('schedule', 'list', { flowId });
  const text = number === null ? flow.data?.text : version.data?.text;
  const chapters = useMemo(() => {
    const tree = text === undefined ? undefined : parse(text);
    try {
      return tree && flowInWords(tree, t);
    } catch (error) {
      if (error instanceof RangeError) return []; // a document without a flow
      throw error;
    }
  }, [text, t]);
  const failed = flow.error ?? (number === null ? null : version.error);
  if (failed) return <ErrorState error={failed} onAgain={() => void flow.refetch()} whole />;
  if (!flow.data || !chapters) return <PageSkeleton />;
  const starts = schedules.data?.schedules ?? [];
  const copy = () =>
    navigator.clipboard.writeText(asMarkdown(chapters, t)).then(
      () => tell(t('pictures.copied')),
      () => tell(t('pictures.failed')),
    );
  return (
    <Page
      title={flow.data.name}
      subtitle={number === null ? t('pictures.draft') : t('versions.version', { number })}
      actions={
        <div className="words-actions">
          <Button
            component={Link}
            href={`/flows/${flowId}`}
            variant="default"
            leftSection={<IconArrowLeft size={16} />}
          >
            {t('versions.back')}
          </Button>
          <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
            {t('pictures.markdown')}
          </Button>
          <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            {t('pictures.print')}
          </Button>
        </div>
      }
    >
      <article className="words">
        {chapters.length === 0 && <p className="faint">{t('canvas.noFlow')}</p>}
        {starts.length > 0 && (
          <section>
            <h2>{t('pictures.starts')}</h2>
            <List items={starts.map((schedule) => wordsOf(schedule))} />
          </section>
        )}
        {chapters.map((chapter, index) => (
          <Chapter key={chapter.id} chapter={chapter} inner={index > 0} />
        ))}
      </article>
    </Page>
  );
}

function Chapter({ chapter, inner }: { chapter: ChapterWords; inner: boolean }) {
  const t = useT();
  const outside = chapter.steps.flatMap((step) => step.outside);
  return (
    <section className="words-chapter">
      {inner && <h2>{t('pictures.inside', { name: chapter.name })}</h2>}
      {chapter.description && <p>{chapter.description}</p>}
      <div className="words-values">
        <Values title={t('pictures.takes')} items={chapter.inputs} />
        <Values title={t('pictures.gives')} items={chapter.outputs} />
        <Values title={t('pictures.outsideAll')} items={[...new Set(outside)]} none={t('pictures.nothingOutside')} />
      </div>
      {chapter.steps.length > longFlow && (
        <nav className="words-contents" aria-label={t('pictures.contents')}>
          <h3>{t('pictures.contents')}</h3>
          <ol>
            {chapter.steps.map((step) => (
              <li key={step.id}>
                <a href={`#step-${step.id}`}>{step.name}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      {chapter.steps.map((step) => (
        <Step key={step.id} step={step} />
      ))}
    </section>
  );
}

function Step({ step }: { step: StepWords }) {
  const t = useT();
  return (
    <section className="words-step" id={`step-${step.id}`}>
      <h3>
        <span className="words-number">{step.number}</span> {step.name} <small>{step.kind}</small>
      </h3>
      {step.does.map((text) => (
        <p key={text} className="words-does">
          {text}
        </p>
      ))}
      {step.review && (
        <p className="words-sign words-review">
          <IconUserCheck size={16} aria-hidden="true" /> {t('pictures.review')}
        </p>
      )}
      {step.outside.map((text) => (
        <p key={text} className="words-sign words-outside">
          <IconShare3 size={16} aria-hidden="true" /> {text}
        </p>
      ))}
      <div className="words-values">
        <Values title={t('pictures.inputs')} items={step.inputs} />
        <Values title={t('pictures.outputs')} items={step.outputs} />
        <Values title={t('pictures.next')} items={step.next} />
      </div>
    </section>
  );
}

function Values({ title, items, none }: { title: string; items: readonly string[]; none?: string }) {
  if (items.length === 0 && none === undefined) return null;
  return (
    <div>
      <h4>{title}</h4>
      {items.length === 0 ? <p className="faint">{none}</p> : <List items={items} />}
    </div>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
