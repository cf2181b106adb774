import type { Actor, RunEvent } from '@rondo/shared/runs/events.ts';
import { describe, expect, it } from 'vitest';
import { english } from '../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../messages/useT.ts';
import { deedsOf } from './deeds.ts';

const ann: Actor = { kind: 'person', id: 'a', name: 'Ann' };
const at = '2026-11-23T09:00:00.000Z';

describe('deedsOf', () => {
  it('names who started, decided, answered and cancelled; the clock is nobody', () => {
    const events: RunEvent[] = [
      { kind: 'run_started', at, actor: ann, trigger: 'manual', inputs: {} },
      {
        kind: 'step_started',
        path: 'r',
        at,
        nodeId: 'r',
        nodeType: 'ToolNode',
        name: 'Manager approves',
        attempt: 1,
        inputs: {},
      },
      {
        kind: 'wait_answered',
        path: 'r',
        at,
        waitId: 'r!1',
        answer: { kind: 'review', decision: 'approve', values: {} },
        actor: ann,
      },
      { kind: 'wait_answered', path: 'q', at, waitId: 'q!1', answer: { kind: 'message', text: 'yes' }, actor: ann },
      {
        kind: 'wait_answered',
        path: 'w',
        at,
        waitId: 'w!1',
        answer: { kind: 'timer' },
        actor: { ...ann, kind: 'system' },
      },
      { kind: 'run_cancelled', at, actor: ann },
    ];
    expect(deedsOf(events, makeWords('en', english)).map((deed) => `${deed.actor.name} ${deed.words}`)).toEqual([
      'Ann started the run',
      'Ann decided “Manager approves”: approve',
      'Ann answered “q”',
      'Ann cancelled the run',
    ]);
  });
});
