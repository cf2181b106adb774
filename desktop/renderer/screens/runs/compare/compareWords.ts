import type { ComparedStep, StepAspect } from '@rondo/shared/runs/compare.ts';
import type { Words } from '../../../messages/useT.ts';
import type { ComparedRun } from './useComparedRun.ts';

/** In what two visits differ, in words. */
export function aspectWords(aspects: readonly StepAspect[], t: Words): string {
  return aspects.map((aspect) => t(`testing.compare.aspect.${aspect}`)).join(', ');
}

/** What the comparison is about when the runs are not of the same flow or version; undefined when they are. */
export function versionWords(a: ComparedRun, b: ComparedRun, t: Words): string | undefined {
  if (a.run.flowId !== b.run.flowId) return t('testing.compare.otherFlow', { a: a.run.flowName, b: b.run.flowName });
  if (a.run.documentText === b.run.documentText) return undefined;
  const name = ({ run }: ComparedRun) =>
    run.versionNumber === null
      ? t('testing.compare.draft')
      : t('testing.compare.version', { number: run.versionNumber });
  if (a.run.versionNumber === null && b.run.versionNumber === null) return t('testing.compare.drafts');
  return t('testing.compare.otherVersion', { a: name(a), b: name(b) });
}

/** The first step that did something else, in words; undefined where there is none. */
export function firstWords(step: ComparedStep | undefined, t: Words): string | undefined {
  if (!step) return undefined;
  const aspects = step.differs.filter((aspect) => aspect !== 'duration');
  return t('testing.compare.first', { name: step.name, what: aspectWords(aspects, t) });
}
