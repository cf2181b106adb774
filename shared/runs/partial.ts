import type { Json } from '../oas/json.ts';

/** What a step is taken to have given, without being run. */
export interface GivenStep {
  outputs: { [name: string]: Json };
  /** default: `next` */
  branch?: string;
}

/**
 * What a test run of a draft does of it. Kept in the run's first event, so that the run is one like every other: it is
 * resumed from its journal after a crash. Never part of a run of a published version.
 */
export interface PartialRun {
  /** id of the flow of the document that is run; absent = the document's own */
  flow?: string;
  /** id of the step that it begins with, in place of the start */
  from?: string;
  /** inputs of that step, each in place of what flows to it */
  inputs?: { [name: string]: Json };
  /** what the steps before are taken to have given, by node id, in the order in which they ran */
  before?: { [node: string]: GivenStep };
  /** id of the step after which it ends */
  to?: string;
  /** steps that are taken as given when the run comes to them, by path ({@link givenFor}) */
  given?: { [path: string]: GivenStep };
  /** the pinned test that it is a run of */
  test?: { id: string; name: string };
}

/**
 * What a step is taken to have given: what stands for its very path, else for all its visits and items
 * (`map/call` stands for `map[3]/call` and for `map/call#2`).
 */
export function givenFor(partial: PartialRun | undefined, path: string): GivenStep | undefined {
  const given = partial?.given;
  if (!given) return undefined;
  if (Object.hasOwn(given, path)) return given[path];
  const plain = plainPath(path);
  return Object.hasOwn(given, plain) ? given[plain] : undefined;
}

/** A path without items and visits: the step as it is drawn. */
export function plainPath(path: string): string {
  return path.replaceAll(/\[\d+\](?=\/|$)|#\d+(?=[/[]|$)/g, '');
}
