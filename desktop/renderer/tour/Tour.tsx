import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useMe, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import type { TourStep } from './tourSteps.ts';
import { tourSteps } from './tourSteps.ts';
import { tourStore } from './tourStore.ts';
import './tour.css';

/** The tour: a strip above the page that covers nothing, while the page it speaks of is open and can be used. */
export function Tour() {
  const at = useStore(tourStore, (store) => store.at);
  return at === null ? null : <Stops at={at} />;
}

function Stops({ at }: { at: number }) {
  const { may } = useMe();
  const flows = useRead('flow', 'list', { limit: 1 });
  if (flows.isPending) return null;
  const steps = tourSteps(flows.data?.flows[0]?.id, may('flow.edit'));
  const step = steps[Math.min(at, steps.length - 1)];
  return step && <Stop step={step} number={steps.indexOf(step) + 1} total={steps.length} />;
}

function Stop({ step, number, total }: { step: TourStep; number: number; total: number }) {
  const t = useT();
  const [location, navigate] = useLocation();
  const strip = useRef<HTMLElement>(null);
  const end = () => {
    tourStore.setState({ at: null });
    document.getElementById('main')?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever leaves the page by themselves is not taken back
  useEffect(() => {
    if (location !== step.path) navigate(step.path);
    strip.current?.focus();
  }, [step]);
  useEffect(() => {
    // a page may take a moment: the ring comes when there is something to put it around
    const ring = () => {
      const target = document.querySelector(step.target);
      if (target && !target.hasAttribute('data-tour')) target.setAttribute('data-tour', '');
    };
    ring();
    const timer = setInterval(ring, 200);
    return () => {
      clearInterval(timer);
      for (const ringed of document.querySelectorAll('[data-tour]')) ringed.removeAttribute('data-tour');
    };
  }, [step.target]);
  return (
    <section
      ref={strip}
      className="tour"
      tabIndex={-1}
      aria-label={t('tour.title')}
      onKeyDown={(event) => event.key === 'Escape' && end()}
    >
      <p aria-live="polite">
        <b>{t(`tour.${step.name}.title`)}</b> {t(`tour.${step.name}.words`)}
      </p>
      <span className="tour-count">{t('tour.count', { number, total })}</span>
      {number > 1 && (
        <Button size="compact-sm" variant="default" onClick={() => tourStore.setState({ at: number - 2 })}>
          {t('tour.back')}
        </Button>
      )}
      {number < total && (
        <Button size="compact-sm" onClick={() => tourStore.setState({ at: number })}>
          {t('tour.next')}
        </Button>
      )}
      <Button size="compact-sm" variant={number < total ? 'subtle' : 'filled'} onClick={end}>
        {t(number < total ? 'tour.skip' : 'tour.done')}
      </Button>
    </section>
  );
}
