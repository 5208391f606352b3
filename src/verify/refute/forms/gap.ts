/** Values that a function leaves out between two points at which it is on either side of them: a continuous one takes them all. */
import * as b from '../../../proof/build.js';
import type { Obligation } from '../../../proof/certificate.js';
import type { Derivation } from '../../../proof/derivation.js';
import { ofDouble, parseRational } from '../../../proof/rational.js';
import type { Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { hull, isBelow, point, type Enclosure } from '../../interval/enclosure.js';
import { encloseTerm, standsSo, type Ranges } from '../../interval/term.js';
import { contextOf, extended, type Context } from '../../prover/context.js';
import { nextCase } from '../../prover/split.js';
import type { Point } from '../confirm.js';
import type { Line } from '../line.js';

/**
 * That from one point to the other the hypotheses hold and the value is at most `low` or at least `high`, while the points are
 * on both sides.
 */
export function gapBetween(
  [from, to]: readonly Point[],
  { variable, given }: Line,
  term: Term,
  budget: Budget,
): readonly Obligation[] | undefined {
  const [first, last] = [from?.parts[0], to?.parts[0]];
  if (from === undefined || to === undefined || first === undefined || last === undefined) return undefined;
  const [low, high] = middleOf(first, last);
  if (!(isApart(first, last, low, high) || isApart(last, first, low, high))) return undefined;
  const [lowest, highest] = [low, high].map((one) => parseRational(String(one)));
  if (lowest === undefined || highest === undefined) return undefined;
  const x = b.variable(variable);
  const inside = [b.atLeast(x, b.number(ofDouble(from.x.low))), b.atLeast(b.number(ofDouble(to.x.high)), x)];
  const ranges = new Map([[variable, hull(from.x, to.x)]]);
  const leftOut = b.or(b.atLeast(b.number(lowest), term), b.atLeast(term, b.number(highest)));
  const obligations: Obligation[] = [];
  for (const goal of [...given, leftOut]) {
    const proof = enclosing(contextOf([...inside, b.not(goal)]), ranges, budget, DEPTH);
    if (proof === undefined) return undefined;
    const sequent = { variables: [{ name: variable }], given: inside, goal };
    obligations.push({ kind: 'holds', what: 'gap', sequent, proof });
  }
  return obligations;
}

/** How many conditions are split, one inside the other. */
const DEPTH = 12;
const STEP = 50;

/** Splits conditions until the range of the variable alone shows that something fails. */
function enclosing(context: Context, ranges: Ranges, budget: Budget, depth: number): Derivation | undefined {
  if (!budget.spend(STEP)) return undefined;
  if (context.isAbsurd) return { rule: 'absurd' };
  const fails = context.literals.find(({ op, x }) => standsSo(op, encloseTerm(x, ranges)) === false);
  if (fails !== undefined) return { rule: 'enclosure', boxes: { fails } };
  const on = depth === 0 ? undefined : nextCase(context, context.literals);
  if (on === undefined) return undefined;
  const then = enclosing(extended(context, on), ranges, budget, depth - 1);
  const otherwise = then && enclosing(extended(context, b.not(on)), ranges, budget, depth - 1);
  return then && otherwise && { rule: 'cases', on, then, else: otherwise };
}

const isApart = (below: Enclosure, above: Enclosure, low: number, high: number): boolean =>
  isBelow(below, point(low)) && isBelow(point(high), above);

/** Two short decimals between the values, a half of what is between them apart. */
function middleOf(a: Enclosure, other: Enclosure): readonly [number, number] {
  const [low, high] = [Math.min(a.high, other.high), Math.max(a.low, other.low)];
  const at = (share: number): number => Number((low + (high - low) * share).toPrecision(4));
  return [at(0.25), at(0.75)];
}
