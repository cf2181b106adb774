import type { NodeKind } from '@rondo/shared/oas/create.ts';
import { type NewStepWords, newNode, nodeKinds } from '@rondo/shared/oas/create.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { spokenWords } from '../messages/language.ts';
import type { Words } from '../messages/useT.ts';
import type { StepKind } from './stepKinds.ts';

/** A new step of a kind, under the name that people see. @throws RangeError for a kind that cannot be made */
export function makeStep(kind: StepKind, name: string): JsonObject {
  if (!isNodeKind(kind)) throw new RangeError(`There is no new step of the kind “${kind}”.`);
  return newNode(kind, { name, words: newStepWords(spokenWords()) });
}

/** What new steps say until somebody writes something better, in the viewer's language. */
export function newStepWords(t: Words): NewStepWords {
  return {
    start: t('canvas.kind.start'),
    end: t('canvas.kind.end'),
    model: t('canvas.model.practice'),
    question: t('canvas.new.question'),
    message: t('canvas.new.message'),
    prompt: t('canvas.new.prompt', { text: '{{ text }}' }),
    agent: t('canvas.new.agent'),
    review: t('canvas.new.review'),
    tool: t('canvas.new.tool'),
    approve: t('canvas.new.approve'),
    reject: t('canvas.new.reject'),
    comment: t('canvas.new.comment'),
  };
}

function isNodeKind(kind: StepKind): kind is NodeKind & StepKind {
  return (nodeKinds as readonly string[]).includes(kind);
}
