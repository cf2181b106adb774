import './quietStyles.ts';
import './a2ui.css';
import { A2uiSurface, type ReactComponentImplementation } from '@a2ui/react/v0_9';
import { type A2uiMessage, MessageProcessor, type SurfaceModel } from '@a2ui/web_core/v0_9';
import { reviewForm } from '@rondo/shared/a2ui/reviewForm.ts';
import { basicCatalog, readSurface, type SurfaceProblem } from '@rondo/shared/a2ui/surface.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { useMemo, useRef } from 'react';
import { problemsWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { Notice } from '../parts/Notice.tsx';
import { Pairs } from '../parts/Pairs.tsx';
import { catalog } from './catalog.ts';
import { FormStateContext } from './FormState.ts';

type Values = { [name: string]: Json };

/** What a person did with the form. */
export interface FormAction {
  /** the name of the button's action */
  decision: string;
  /** what the button itself sends */
  context: Values;
  /** the form's values with the button's own over them: what a decision sends */
  values: Values;
}

export interface ReviewFormProps {
  /** A2UI v0.9.1 messages that make one surface */
  surface: Json[];
  /** values that the form begins with, by name */
  arguments: Values;
  readOnly?: boolean;
  /** the action that is being sent now */
  sending?: string | null;
  onAction: (action: FormAction) => void;
}

/**
 * A review's form in the A2UI renderer. What a person has entered stays as long as surface and arguments are the same,
 * so that a refused decision loses nothing.
 */
export function ReviewForm({ surface, arguments: args, readOnly = false, sending = null, onAction }: ReviewFormProps) {
  const t = useT();
  // a read that comes again brings equal values in new objects: they must not throw away what was entered
  const key = JSON.stringify([surface, args]);
  const act = useRef(onAction);
  act.current = onAction;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for surface and args
  const made = useMemo(() => makeSurface(surface, args, (action) => act.current(action)), [key]);
  const state = useMemo(() => ({ readOnly, sending }), [readOnly, sending]);

  if (!made.ok) {
    return (
      <div className="a2ui-form">
        <Notice tone="bad">
          <strong>{t('inbox.form.broken')}</strong>{' '}
          {typeof made.wrong === 'string' ? made.wrong : problemsWords(made.wrong, t)}
        </Notice>
        <Pairs values={args} />
      </div>
    );
  }
  return (
    <FormStateContext.Provider value={state}>
      <div className="a2ui-form">
        <A2uiSurface surface={made.surface} />
      </div>
    </FormStateContext.Provider>
  );
}

type Made =
  | { ok: true; surface: SurfaceModel<ReactComponentImplementation> }
  | { ok: false; wrong: string | readonly SurfaceProblem[] };

function makeSurface(surface: Json[], args: Values, onAction: (action: FormAction) => void): Made {
  const messages = reviewForm(surface, args);
  const read = readSurface(messages);
  if (!read.ok) return { ok: false, wrong: read.problems };
  try {
    const processor = new MessageProcessor<ReactComponentImplementation>(
      [catalog],
      (action) => {
        const shown = processor.model.getSurface(read.surface.id);
        const model: Json = shown?.dataModel.get('/') ?? {};
        const context: Values = isObject(action.context as Json) ? (action.context as Values) : {};
        const values = { ...(isObject(model) ? model : {}), ...context };
        onAction({ decision: action.name, context, values: structuredClone(values) });
      },
      { version: 'v0.9.1' },
    );
    processor.processMessages(messages.map(withKnownCatalog) as unknown as A2uiMessage[]);
    const made = processor.model.getSurface(read.surface.id);
    return made ? { ok: true, surface: made } : { ok: false, wrong: '' };
  } catch (error) {
    return { ok: false, wrong: error instanceof Error ? error.message : String(error) };
  }
}

/** The basic catalogue has several addresses (by version, with and without its folder): all are the one we draw. */
function withKnownCatalog(message: { [name: string]: Json }): { [name: string]: Json } {
  const create = message.createSurface;
  if (!isObject(create) || typeof create.catalogId !== 'string') return message;
  const basic =
    /^https:\/\/a2ui\.org\/specification\/v0_9(_1)?\/((catalogs\/)?basic(_catalog|\/catalog)?|catalog)\.json$/;
  return basic.test(create.catalogId) ? { ...message, createSurface: { ...create, catalogId: basicCatalog } } : message;
}
