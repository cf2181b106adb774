import type { Json } from '@rondo/shared/oas/json.ts';

/** A value as indented JSON. */
export function JsonView({ value }: { value: Json }) {
  return <pre className="json">{JSON.stringify(value, null, 2)}</pre>;
}
