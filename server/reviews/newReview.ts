import { randomUUID } from 'node:crypto';
import { formHash, valuesHash } from '@rondo/shared/a2ui/formHash.ts';
import { questionForm } from '@rondo/shared/a2ui/questionForm.ts';
import { reviewForm } from '@rondo/shared/a2ui/reviewForm.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait } from '@rondo/shared/runs/events.ts';
import { openWaits } from '../journal/rowChange.ts';

/** A review that an append opens; texts are JSON. */
export interface NewReview {
  id: string;
  waitId: string;
  path: string;
  kind: 'review' | 'message';
  title: string;
  surface: string;
  arguments: string;
  formHash: string;
  valuesHash: string;
  outputs: string;
  /** JSON text: a list of e-mail addresses */
  forPeople: string;
  /** JSON text: a list of groups' names */
  forGroups: string;
  dueAt: string | null;
}

/** The form that is shown, and the values in it. */
function shown(wait: Extract<Wait, { for: 'review' | 'message' }>): { surface: JsonObject[]; values: JsonObject } {
  return wait.for === 'review'
    ? { surface: reviewForm(wait.surface, wait.arguments), values: wait.arguments }
    : { surface: questionForm(wait.prompt), values: {} };
}

/** @param stored the same wait as the journal keeps it: large arguments are referred to */
async function newReview(wait: Wait, stored: Wait | undefined): Promise<NewReview | undefined> {
  if (wait.for !== 'review' && wait.for !== 'message') return undefined;
  const { surface, values } = shown(wait);
  const kept = stored?.for === 'review' ? shown(stored) : { surface, values };
  const outputs = wait.for === 'review' ? wait.outputs : [{ title: 'text', type: 'string' }];
  return {
    id: randomUUID(),
    waitId: wait.id,
    path: wait.path,
    kind: wait.for,
    title: wait.for === 'review' ? wait.title : (wait.prompt ?? 'A question'),
    surface: JSON.stringify(kept.surface),
    arguments: JSON.stringify(kept.values),
    // G9: a decision names what it was shown by these.
    formHash: await formHash(surface),
    valuesHash: await valuesHash(values),
    outputs: JSON.stringify(outputs),
    forPeople: JSON.stringify((wait.for === 'review' && wait.assign?.people) || []),
    forGroups: JSON.stringify((wait.for === 'review' && wait.assign?.groups) || []),
    dueAt: (wait.for === 'review' && wait.dueAt) || null,
  };
}

/**
 * The reviews that these events ask for and leave open: one for each review by a person and each question.
 * @param stored the same events as the journal keeps them
 */
export async function newReviews(
  events: readonly RunEvent[],
  stored: readonly RunEvent[] = events,
): Promise<NewReview[]> {
  const waits = openWaits(events);
  if (waits.length === 0) return [];
  const kept = new Map(openWaits(stored).map((wait) => [wait.id, wait]));
  const reviews: NewReview[] = [];
  for (const wait of waits) {
    const review = await newReview(wait, kept.get(wait.id));
    if (review) reviews.push(review);
  }
  return reviews;
}
