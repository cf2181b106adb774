import { TextInput } from '@mantine/core';
import type { FormulaFunction } from '@rondo/shared/formula/functions.ts';
import { formulaFunctions, formulaGroups } from '@rondo/shared/formula/functions.ts';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Words } from '../../../messages/useT.ts';
import { useT } from '../../../messages/useT.ts';
import { shortText } from '../../shortText.ts';

/** What a function does, in words. */
export function functionWords(name: string, t: Words): string {
  const key = `formula.fn.${name}`;
  return t.has(key) ? t(key) : '';
}

/** Every function: what it does, an example and what that gives. Enter or a click puts it into the formula. */
export function FunctionHelp({ onInsert }: { onInsert: (text: string) => void }) {
  const t = useT();
  const id = useId();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    const words = search.trim().toLowerCase().replace(/^\$/, '');
    return formulaFunctions.filter((one) => `${one.name} ${functionWords(one.name, t)}`.toLowerCase().includes(words));
  }, [search, t]);
  const current = found[Math.min(active, found.length - 1)];
  useEffect(() => {
    if (current) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.length - 1;
    if (event.key === 'ArrowDown') setActive(Math.min(last, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter' && current) onInsert(`$${current.name}(`);
    else return;
    event.preventDefault();
  };
  const optionId = (one: FormulaFunction) => `${id}-${one.name}`;
  return (
    <div className="function-help">
      <TextInput
        size="sm"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? optionId(current) : undefined}
        aria-label={t('formula.findFunction')}
        placeholder={t('formula.findFunction')}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} className="function-list" role="listbox" id={`${id}-list`} aria-label={t('formula.functions')}>
        {found.length === 0 && <p className="faint">{t('formula.noFunction')}</p>}
        {formulaGroups.map((group) => {
          const some = found.filter((one) => one.group === group);
          if (some.length === 0) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
            <div key={group} role="group" aria-label={t(`formula.group.${group}`)}>
              <div className="function-group" aria-hidden="true">
                {t(`formula.group.${group}`)}
              </div>
              {some.map((one) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys of the list
                <div
                  key={one.name}
                  id={optionId(one)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={one === current}
                  className="function-option"
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => onInsert(`$${one.name}(`)}
                >
                  <code>
                    ${one.name}
                    <span>({one.args})</span>
                  </code>
                  <p>{functionWords(one.name, t)}</p>
                  <p className="function-example">
                    <code>{one.example}</code>{' '}
                    <span>
                      →{' '}
                      {'value' in one.gives
                        ? JSON.stringify(one.gives.value)
                        : t('formula.fails', { message: shortText(one.gives.failure) })}
                    </span>
                  </p>
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
