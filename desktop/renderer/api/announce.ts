import type { LiveChange } from '@rondo/server/doors/trpc/context.ts';
import { desktopBridge } from './bridge.ts';
import { api } from './client.ts';

/** In the desktop program: tells about a review that has just come. A click on the notification opens it. */
export async function announce(change: LiveChange): Promise<void> {
  const bridge = desktopBridge();
  if (!bridge || change.kind !== 'review' || change.state !== 'open') return;
  try {
    const review = await api.review.get.query({ reviewId: change.id });
    if (review.state === 'open' && review.forCaller === 'yes') {
      bridge.notify({ title: review.title, body: review.flowName, href: `/inbox/${review.id}` });
    }
  } catch (error) {
    // It may be gone again, or not be ours to see: then there is nothing to tell.
    console.info('A review that was announced could not be read.', error);
  }
}
