/** Rigorous values at a witness: hypotheses that surely hold, and enclosures of what is claimed. */
import type { Statement } from '../../ir/claim.js';
import type { Expr } from '../../ir/expr.js';
import {
  isAtMost,
  isBelow,
  isNothing,
  point,
  reachesInfinity,
  type Enclosure,
} from '../interval/enclosure.js';
import { enclosedAt } from './enclosed.js';
import type { Mover, Probe, Sample } from './probe.js';
import { look } from './probe.js';

/** One batch of a witness. */
export interface Point {
  /** The numbers of the batch that is shown. */
  readonly values: Float64Array;
  /** What is varied; no number where nothing is. */
  readonly x: Enclosure;
  /** As floating point has it. */
  readonly value: number;
  /** The numbers of the batch that the value of what is varied is taken from, if it is another one. */
  readonly taken?: Float64Array;
  readonly parts: readonly Enclosure[];
  readonly numbers: readonly number[];
}

const UNVARIED = point(NaN);
const isTrue = ({ low, high }: Enclosure): boolean => low === 1 && high === 1;
const isNumber = (x: Enclosure): boolean => !isNothing(x) && !Number.isNaN(x.low) && !reachesInfinity(x);

/** The claim's element of a batch, as it is. */
export const pointAt = (probe: Probe, values: Float64Array): Point | undefined =>
  confirmed(probe, values, look(probe, values).parts);

/** The points of a line, each as a batch of its own; nothing where one of them cannot be confirmed. */
export function pointsOf(
  probe: Probe,
  mover: Mover,
  base: Float64Array,
  samples: readonly Sample[],
): readonly Point[] | undefined {
  const points: Point[] = [];
  for (const { values, x, parts } of samples) {
    const found = mover.alone
      ? confirmed(probe, values, parts, { values, x })
      : confirmed(probe, base, parts, { values, x });
    if (found === undefined) return undefined;
    points.push(found);
  }
  return points;
}

/** Where the hypotheses surely hold and everything claimed or minimised has a value. */
function confirmed(
  probe: Probe,
  values: Float64Array,
  numbers: readonly number[],
  at?: { readonly values: Float64Array; readonly x: number },
): Point | undefined {
  const { scene, varied, conditions, places, lost } = probe;
  const [x = UNVARIED] =
    at === undefined || varied === undefined ? [] : enclosedAt([varied], scene, at.values);
  const isSet = at !== undefined && at.values !== values && varied !== undefined;
  const all = enclosedAt(
    [...conditions, ...places, ...lost],
    scene,
    values,
    isSet ? { ...varied, value: x } : undefined,
  );
  const [given, parts, losses] = [
    all.slice(0, conditions.length),
    all.slice(conditions.length, conditions.length + places.length),
    all.slice(conditions.length + places.length),
  ];
  const isSound = given.every(isTrue) && [...parts, ...losses].every(isNumber);
  if (!isSound) return undefined;
  return { values, x, value: at?.x ?? NaN, parts, numbers, ...(isSet ? { taken: at.values } : {}) };
}

/** Hypotheses and parts over all values of what is varied in an interval, everything else as in the batch. */
export function valuesOver(
  { scene, varied, conditions, places }: Probe,
  values: Float64Array,
  x: Enclosure,
): { readonly holds: boolean; readonly parts: readonly Enclosure[] } {
  const cut = varied === undefined ? undefined : { ...varied, value: x };
  const all = enclosedAt([...conditions, ...places], scene, values, cut);
  return { holds: all.slice(0, conditions.length).every(isTrue), parts: all.slice(conditions.length) };
}

/** A part or a minimised value that surely has no value where the hypotheses surely hold. */
export function unvaluedAt(
  probe: Probe,
  values: Float64Array,
): { readonly expr: Expr; readonly point: Point } | undefined {
  const { scene, conditions, places, lost } = probe;
  const all = enclosedAt([...conditions, ...places, ...lost], scene, values);
  const claimed = all.slice(conditions.length);
  const missing = [...places, ...lost][claimed.findIndex(isNothing)];
  if (missing === undefined || !all.slice(0, conditions.length).every(isTrue)) return undefined;
  const parts = claimed.slice(0, places.length);
  const point = { values, x: UNVARIED, value: NaN, parts, numbers: look(probe, values).parts };
  return { expr: missing.expr, point };
}

/** Whether a comparison surely fails. */
export function fails(
  operator: Extract<Statement, { readonly kind: 'comparison' }>['operator'],
  left: Enclosure,
  right: Enclosure,
): boolean {
  switch (operator) {
    case '<=':
      return isBelow(right, left);
    case '<':
      return isAtMost(right, left);
    case '>=':
      return isBelow(left, right);
    case '>':
      return isAtMost(left, right);
    case '==':
      return isBelow(left, right) || isBelow(right, left);
  }
}
