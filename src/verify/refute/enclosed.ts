/**
 * Enclosures of the exact values of a program on a batch of decimals, read twice: as exact terms, which know equal numbers
 * when they meet them, and operation by operation. Where the two readings could not be of one number, nothing is known.
 */
import type { Values } from '../../ir/eval.js';
import { input } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import type { Decide } from '../concrete/extended.js';
import { readConcretely, type ConcreteBatch } from '../concrete/reading.js';
import {
  ANYTHING,
  intersection,
  isNothing,
  isPoint,
  ofRational,
  point,
  reachesInfinity,
  type Enclosure,
} from '../interval/enclosure.js';
import { encloseProgram, type Overrides } from '../interval/ragged.js';
import { encloseCondition, encloserOf } from '../interval/term.js';
import { EITHER, FALSE, TRUE } from '../interval/truth.js';
import type { Term } from '../../proof/term.js';
import { concreteBatch, decided } from './exact.js';
import type { Scene } from './scene.js';
import type { Place } from './tape.js';

/** A place whose value is given: any value of the enclosure. */
export type Given = Place & { readonly value: Enclosure };

/** An enclosure for each place; conditions are true, false or either. What may have no value reaches an infinity. */
export function enclosedAt(
  places: readonly Place[],
  scene: Scene,
  values: Float64Array,
  given?: Given,
): readonly Enclosure[] {
  const batch = concreteBatch(scene, values);
  if (batch === undefined) return places.map(() => ANYTHING);
  const exact = exactly(places, batch, given);
  const stepwise = encloseProgram(
    places.map(({ expr }) => expr),
    scene.ragged,
    doublesOf(scene, values),
    overridesOf(scene, batch, given),
  );
  return exact.enclosures.map((one, at) => {
    const other = stepwise[at]?.[places[at]?.element ?? 0] ?? ANYTHING;
    if (isNothing(other)) return other;
    const both = intersection(one, other);
    if (both.low > both.high) return ANYTHING;
    return exact.isDecided || !reachesInfinity(other) ? both : ANYTHING;
  });
}

const VARIED = 'x';

/** The same in exact terms; `isDecided` where every condition on the way was, so that what has a term has a value. */
function exactly(
  places: readonly Place[],
  batch: ConcreteBatch,
  given: Given | undefined,
): { readonly enclosures: readonly Enclosure[]; readonly isDecided: boolean } {
  const exprs = places.map(({ expr }) => expr);
  let isDecided = true;
  const decide: Decide = (literal) => {
    const known = decided(literal);
    if (known === undefined) isDecided = false;
    return known;
  };
  const read = readConcretely(exprs, batch, given && { ...given, as: VARIED }, decide);
  const ranges = new Map(given === undefined ? [] : [[VARIED, given.value]]);
  const terms: Term[] = [];
  const found = places.map(({ expr, element }): Enclosure | number => {
    if (expr.type.kind === 'bool') {
      const truth = read.truths(expr)[element];
      const known = truth && encloseCondition(truth, ranges);
      return known === undefined ? EITHER : known ? TRUE : FALSE;
    }
    const value = read.values(expr)[element];
    if (value === undefined) return ANYTHING;
    if (typeof value === 'string') return point(value === 'inf' ? Infinity : -Infinity);
    return terms.push(value) - 1;
  });
  const enclosed = encloserOf(terms).enclose(ranges);
  const enclosures = found.map((one) => (typeof one === 'number' ? (enclosed[one] ?? ANYTHING) : one));
  return { enclosures, isDecided };
}

function doublesOf({ ragged, slots, startOf }: Scene, values: Float64Array): Values {
  const params = new Map<string, number>();
  const inputs = new Map<string, Float64Array>();
  for (const [name, start] of startOf) {
    const slot = slots[start];
    if (slot?.role === 'param') params.set(name, values[start] ?? NaN);
    else if (slot !== undefined) inputs.set(name, values.slice(start, start + ragged.sizes[slot.level]));
  }
  return { params, inputs };
}

/** Decimals that are no doubles are enclosed by the two beside them. */
function overridesOf({ slots, startOf }: Scene, batch: ConcreteBatch, given: Given | undefined): Overrides {
  const overrides = new Map<Expr, ReadonlyMap<number, Enclosure>>();
  for (const [name, start] of startOf) {
    const slot = slots[start];
    const param = batch.params.get(name);
    const exact = param === undefined ? (batch.inputs.get(name) ?? []) : [param];
    const rounded = exact.map(ofRational).flatMap((one, at) => (isPoint(one) ? [] : [[at, one] as const]));
    if (slot !== undefined && rounded.length > 0)
      overrides.set(input(slot.role, name, slot.level), new Map(rounded));
  }
  if (given === undefined) return overrides;
  const { expr, element, value } = given;
  // An input that is given takes the place of its decimal.
  const own = [...overrides].find(
    ([one]) => one.op === expr.op && 'name' in one && 'name' in expr && one.name === expr.name,
  );
  return overrides.set(own?.[0] ?? expr, new Map([...(own?.[1] ?? []), [element, value]]));
}
