import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  count?: number | undefined;
  /** stands at the end of the heading: a link or a button */
  aside?: ReactNode;
  children: ReactNode;
}

/** A framed part of a page with a heading. */
export function Panel({ title, count, aside, children }: Props) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-head">
        <h2 className="title-3" id={id}>
          {title}
        </h2>
        {count !== undefined && <span className="count">{count}</span>}
        <span className="grow" />
        {aside}
      </div>
      {children}
    </section>
  );
}
