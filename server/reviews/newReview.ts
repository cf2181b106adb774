import { randomUUID } from 'node:crypto';
import { formHash, valuesHash } from '@rondo/shared/a2ui/formHash.ts';
import { questionForm } from '@rondo/shared/a2ui/questionForm.ts';
import { reviewForm } from '@rondo/shared/a2ui/reviewForm.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait } from '@rondo/shared/runs/events.ts';

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
}

async function newReview(wait: Wait): Promise<NewReview | undefined> {
  if (wait.for !== 'review' && wait.for !== 'message') return undefined;
  const surface: JsonObject[] =
    wait.for === 'review' ? reviewForm(wait.surface, wait.arguments) : questionForm(wait.prompt);
  const values = wait.for === 'review' ? wait.arguments : {};
  const outputs = wait.for === 'review' ? wait.outputs : [{ title: 'text', type: 'string' }];
  return {
    id: randomUUID(),
    waitId: wait.id,
    path: wait.path,
    kind: wait.for,
    title: wait.for === 'review' ? wait.title : (wait.prompt ?? 'A question'),
    surface: JSON.stringify(surface),
    arguments: JSON.stringify(values),
    // G9: a decision names what it was shown by these.
    formHash: await formHash(surface),
    valuesHash: await valuesHash(values),
    outputs: JSON.stringify(outputs),
  };
}

/** The reviews that the waits in these events ask for: one for each review by a person and each question. */
export async function newReviews(events: readonly RunEvent[]): Promise<NewReview[]> {
  const reviews: NewReview[] = [];
  for (const event of events) {
    const review = event.kind === 'wait_started' ? await newReview(event.wait) : undefined;
    if (review) reviews.push(review);
  }
  return reviews;
}
