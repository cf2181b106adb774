/**
 * Why steps cannot become a flow of their own, or such a flow cannot be taken apart, without changing what a run does:
 *
 * - `nothing`, `start`, `end`: no steps, or with the start or an end of the flow
 * - `noWayIn`, `severalWaysIn`: the steps are begun nowhere, or at more than one step
 * - `noWayOut`: nothing comes after them
 * - `repeated`: the steps are run again and again, and one takes what another left the time before
 * - `unsureInput`, `unsureOutput`: a value is taken that may not be there
 * - `types`: values of different types meet in one place
 * - `policy`: what is to happen when it fails is set on the step itself
 * - `notHere`: the step holds no flow
 * - `shared`: something inside is used elsewhere too
 */
export type WhyNot =
  | 'nothing'
  | 'start'
  | 'end'
  | 'noWayIn'
  | 'severalWaysIn'
  | 'noWayOut'
  | 'repeated'
  | 'unsureInput'
  | 'unsureOutput'
  | 'types'
  | 'policy'
  | 'notHere'
  | 'shared';

/** Thrown inside of this folder only: the callers get `why` and the step that it is about. */
export class Unable extends Error {
  readonly why: WhyNot;
  /** name of the step, or of the value; empty where it is about all */
  readonly about: string;
  constructor(why: WhyNot, about = '') {
    super(why);
    this.name = 'Unable';
    this.why = why;
    this.about = about;
  }
}
