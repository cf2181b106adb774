import { type Json, type JsonObject, own, ownObject } from '../oas/json.ts';

/** For whom a review is. Both empty: for everyone who may decide. */
export interface Assignment {
  /** e-mail addresses; in a flow they may be templates */
  people: string[];
  /** names of groups; in a flow they may be templates */
  groups: string[];
}

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/**
 * Whom a review step names.
 * @param rondo what we keep in its tool's metadata: `assign` holds `people` and `groups`
 */
export function assignmentOf(rondo: JsonObject): Assignment {
  const assign = ownObject(rondo, 'assign') ?? {};
  return { people: texts(own(assign, 'people')), groups: texts(own(assign, 'groups')) };
}

/** How long somebody has, in seconds from when they are asked; undefined = no time is set. */
export function dueSecondsOf(rondo: JsonObject): number | undefined {
  const seconds = own(rondo, 'dueSeconds');
  return typeof seconds === 'number' && seconds > 0 ? seconds : undefined;
}

/** True when a review is for nobody in particular. */
export function isForEveryone({ people, groups }: Assignment): boolean {
  return people.length === 0 && groups.length === 0;
}
