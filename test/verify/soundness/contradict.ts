/**
 * Tries to break a claim that was proved: random batches and parameters, ends of domains among them; doubles find where it is
 * closest to failing, 50 digits judge.
 */
import type { Decimal } from 'decimal.js';
import type { Domain } from '../../../src/base/domain.js';
import type { IndexLevel } from '../../../src/base/level.js';
import { ancestors, sizeOf } from '../../../src/base/ragged.js';
import { finer } from '../../../src/base/level.js';
import type { Claim, Statement } from '../../../src/ir/claim.js';
import type { Expr } from '../../../src/ir/expr.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { declaredRanges, ranges } from '../../../src/ir/range.js';
import { BEYOND, decimal, evaluateDecimal, inDigits, withDepth } from './decimal.js';
import { randomOf, type Random } from './random.js';
import { numberIn, sample, type Sampled } from './sample.js';

/** What contradicts a proved claim, in words. */
export type Contradiction = string;

/** The level of a claim: the finest among its parts. */
export function levelOf({ guard, assuming, statement }: Claim): IndexLevel {
  const parts = Object.values(statement).filter(
    (part): part is Expr => typeof part === 'object' && part !== null && 'type' in part,
  );
  return [...parts, guard, assuming]
    .filter((part) => part !== undefined)
    .reduce<IndexLevel>((level, { type }) => finer(level, type.level), 'batch');
}

interface Place {
  readonly sampled: Sampled;
  readonly level: IndexLevel;
  readonly element: number;
}

/** Values of expressions at the claim's element, with x there set to a number where the claim varies it. */
function at(
  { sampled: { ragged, values }, level, element }: Place,
  exprs: readonly Expr[],
  varied?: { readonly of: Expr; readonly value: Decimal },
): readonly Decimal[] {
  const own = (of: Expr): number => ancestors(ragged, level, of.type.level)[element] ?? 0;
  const override = varied && { of: varied.of, element: own(varied.of), value: varied.value };
  const found = evaluateDecimal(exprs, ragged, override === undefined ? values : { ...values, override });
  return exprs.map((expr, n) => found[n]?.[own(expr)] ?? decimal(NaN));
}

const truly = (value: Decimal): boolean => !value.isZero() && !value.isNaN();
/** Ten digits are left of fifty, whatever cancelled. */
const SLACK = 1e-30;
const above = (x: Decimal, y: Decimal): boolean =>
  x.minus(y).gt(x.abs().plus(y.abs()).plus(1e-12).times(SLACK));
const within = (x: Decimal, y: Decimal): boolean => !above(x, y) && !above(y, x);

/** What contradicts the claim at one sample, if anything does. `bound` is the certificate's, for a claim that is bounded. */
export function contradiction(
  program: DerivedProgram,
  claim: Claim,
  seed: number,
  samples: number,
): Contradiction | undefined {
  for (let n = 0; n < samples; n += 1) {
    const found = judgedAt(program, claim, seed * 1000 + n);
    if (found === undefined) continue;
    // What cancels in 50 digits need not in 150.
    const { result: still, depth } = withDepth(() =>
      inDigits(DIGITS, () => judgedAt(program, claim, seed * 1000 + n)),
    );
    if (still === undefined) continue;
    if (!still.areEqual) return still.what;
    // Two numbers that differ by an exponential are equal in fewer digits than that takes.
    if (DIGITS + depth > MOST_DIGITS) continue;
    const last = inDigits(DIGITS + depth, () => judgedAt(program, claim, seed * 1000 + n));
    if (last !== undefined) return last.what;
  }
  return undefined;
}
const DIGITS = 150;
const MOST_DIGITS = 1000;

/** What is wrong, and whether it is that two numbers are equal, which fewer digits than it takes make of any two. */
interface Broken {
  readonly what: string;
  readonly areEqual: boolean;
}

/** A sample whose numbers decimals cannot hold says nothing. */
function judgedAt(program: DerivedProgram, claim: Claim, seed: number): Broken | undefined {
  try {
    return brokenAt(program, claim, seed);
  } catch (failure) {
    if (failure === BEYOND) return undefined;
    throw failure;
  }
}

function brokenAt(program: DerivedProgram, claim: Claim, seed: number): Broken | undefined {
  const random = randomOf(seed);
  const level = levelOf(claim);
  const sampled = sample(program, random);
  const element = random.below(sizeOf(sampled.ragged, level));
  const place: Place = { sampled, level, element };
  forced(place, claim.assuming);
  if (!assumptionsHold(program, sampled)) return undefined;
  const found = broken(program, claim, place, random);
  if (found === undefined) return undefined;
  const { what, areEqual } = typeof found === 'string' ? { what: found, areEqual: false } : found;
  return { what: `${what} ${describe(sampled, element)}`, areEqual };
}

/** `assume` speaks of every element. */
function assumptionsHold({ assumptions }: DerivedProgram, { ragged, values }: Sampled): boolean {
  return evaluateDecimal(assumptions, ragged, values).every((each) => each.every(truly));
}

const describe = ({ ragged, values }: Sampled, element: number): string =>
  JSON.stringify({
    element,
    group: [...ragged.groupOfRollout],
    rolloutOfToken: [...ragged.rolloutOfToken],
    params: Object.fromEntries([...values.params].map(([name, value]) => [name, value.toNumber()])),
    inputs: Object.fromEntries(
      [...values.inputs].map(([name, all]) => [name, all.map((one) => one.toNumber())]),
    ),
  });

function broken(
  program: DerivedProgram,
  claim: Claim,
  place: Place,
  random: Random,
): Broken | string | undefined {
  const { statement, guard, assuming } = claim;
  const hypotheses = [guard, assuming].filter((one) => one !== undefined);
  const holds = (varied?: { readonly of: Expr; readonly value: Decimal }): boolean =>
    at(place, hypotheses, varied).every(truly);
  if (!('variable' in statement) || statement.variable === undefined) {
    if (!holds()) return undefined;
    return brokenComparison(statement, place);
  }
  const { variable } = statement;
  const domain = domainOf(program, variable);
  const { params } = place.sampled.values;
  const anywhere = (): number =>
    domain === undefined && random.chance(0.3) ? random.between(-1, 1) : numberIn(random, domain, params);
  // Further out, 50 digits have no room for exponentials of exponentials.
  const isNear = statement.kind === 'nowhere zero';
  const isFar = [...place.sampled.values.inputs.values()].some((all) => all.some((one) => one.abs().gt(6)));
  if (isNear && isFar) return undefined;
  const point = (): Decimal => decimal(isNear ? Math.max(-6, Math.min(6, anywhere())) : anywhere());
  const read = (value: Decimal): readonly Decimal[] => at(place, readOf(statement), { of: variable, value });
  const points = Array.from({ length: 5 }, point)
    .filter((value) => holds({ of: variable, value }))
    .sort((a, b) => a.comparedTo(b));
  return brokenShape(statement, points, read, (value) => holds({ of: variable, value }));
}

/** What a claim varies takes the values that its inputs permit. */
function domainOf(program: DerivedProgram, variable: Expr): Domain | undefined {
  const declared = [...program.inputs, ...program.params];
  if (variable.op === 'input') return declared.find(({ name }) => name === variable.name)?.domain;
  const [interval] = ranges([variable], declaredRanges(program));
  return interval === undefined || (interval.low === -Infinity && interval.high === Infinity)
    ? undefined
    : { kind: 'interval', integer: false, interval };
}

/** `assuming s == 0` holds by no accident: where a log-ratio is asked to be 0, the policies are made equal. */
function forced({ sampled }: Place, assuming: Expr | undefined): void {
  if (assuming?.op !== 'eq') return;
  const inputs = sampled.values.inputs as Map<string, readonly Decimal[]>;
  const old = inputs.get('old_logp');
  if (old !== undefined && inputs.has('logp')) inputs.set('logp', old);
}

function readOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'comparison':
      return [statement.left, statement.right];
    case 'extreme':
      return [statement.of, statement.value];
    case 'lipschitz':
      return [statement.of, statement.by];
    case 'limit':
      return [statement.of, statement.limit, statement.point];
    default:
      return [statement.of];
  }
}

const NAN = decimal(NaN);

function brokenComparison(statement: Statement, place: Place): Broken | string | undefined {
  const [x = NAN, y = NAN] = at(place, readOf(statement));
  if (statement.kind === 'bounded') return x.isFinite() ? undefined : `is not finite: ${x.toString()}`;
  if (statement.kind !== 'comparison') return undefined;
  if (x.isNaN() || y.isNaN()) return 'is undefined';
  const fails = {
    '<=': above(x, y),
    '<': above(x, y) || x.eq(y),
    '>=': above(y, x),
    '>': above(y, x) || x.eq(y),
    '==': !within(x, y),
  }[statement.operator];
  return fails
    ? { what: `${x.toString()} ${statement.operator} ${y.toString()} fails`, areEqual: x.eq(y) }
    : undefined;
}

function brokenShape(
  statement: Statement,
  points: readonly Decimal[],
  read: (value: Decimal) => readonly Decimal[],
  holds: (value: Decimal) => boolean,
): Broken | string | undefined {
  const values = points.map((x) => ({ x, e: read(x)[0] ?? NAN }));
  const undefinedAt = values.find(({ e }) => e.isNaN());
  if (undefinedAt !== undefined) return `is undefined at ${undefinedAt.x.toString()}`;
  const pairs = values.slice(1).flatMap((b, n) => {
    const a = values[n];
    return a === undefined || a.x.eq(b.x) ? [] : [{ a, b }];
  });
  const say = (what: string, ...at: readonly { readonly x: Decimal; readonly e: Decimal }[]): string =>
    `${what}: ${at.map(({ x, e }) => `${x.toString()} gives ${e.toPrecision(15)}`).join(', ')}`;
  switch (statement.kind) {
    case 'monotone': {
      const { direction } = statement;
      const isFalling = direction === 'nonincreasing' || direction === 'decreasing';
      const wrong = pairs.find(({ a, b }) => (isFalling ? above(b.e, a.e) : above(a.e, b.e)));
      if (wrong !== undefined) return say(direction, wrong.a, wrong.b);
      const isStrict = direction === 'increasing' || direction === 'decreasing';
      const equal = isStrict ? pairs.find(({ a, b }) => b.e.eq(a.e)) : undefined;
      return equal && { what: say(direction, equal.a, equal.b), areEqual: true };
    }
    case 'constant': {
      const wrong = pairs.find(({ a, b }) => !within(a.e, b.e));
      return wrong && say('constant', wrong.a, wrong.b);
    }
    case 'lipschitz': {
      const by = points[0] === undefined ? NAN : (read(points[0])[1] ?? NAN);
      const wrong = pairs.find(({ a, b }) => above(b.e.minus(a.e).abs(), b.x.minus(a.x).times(by)));
      return wrong && say(`lipschitz by ${by.toString()}`, wrong.a, wrong.b);
    }
    case 'convex': {
      for (let n = 2; n < values.length; n += 1) {
        const [a, b, c] = [values[n - 2], values[n - 1], values[n]];
        if (a === undefined || b === undefined || c === undefined || !a.x.lt(c.x)) continue;
        const left = b.e.times(c.x.minus(a.x));
        const right = a.e.times(c.x.minus(b.x)).plus(c.e.times(b.x.minus(a.x)));
        const scale = [a, b, c].reduce((sum, { e }) => sum.plus(e.abs()), decimal(1e-12));
        if (left.minus(right).gt(scale.times(c.x.minus(a.x).plus(1)).times(SLACK)))
          return say('convex', a, b, c);
      }
      return undefined;
    }
    case 'continuous': {
      const there = (x: Decimal): Decimal | undefined => (holds(x) ? read(x)[0] : undefined);
      return (
        values.map(({ x, e }) => jumpNear(x, e, there)).find((one) => one !== undefined) ??
        pairs.map(({ a, b }) => jumpBetween(a, b, there)).find((one) => one !== undefined)
      );
    }
    case 'extreme': {
      const [x] = points;
      const bound = x === undefined ? NAN : (read(x)[1] ?? NAN);
      const wrong = values.find(({ e }) => (statement.extreme === 'sup' ? above(e, bound) : above(bound, e)));
      return wrong && say(`${statement.extreme} is ${bound.toString()}`, wrong);
    }
    case 'limit':
      return brokenLimit(points, read, holds);
    case 'nowhere zero': {
      const width = decimal(1e-6);
      const wrong = values.find(({ x, e }) => {
        const beside = [1, 2, 3].map((n) => x.plus(width.times(n)));
        return e.isZero() && beside.every((at) => holds(at) && (read(at)[0] ?? NAN).isZero());
      });
      return wrong && say('zero from here on', wrong);
    }
    case 'bounded':
      return values.every(({ e }) => e.isFinite()) ? undefined : 'is not finite';
    case 'comparison':
    case 'independent':
      return undefined;
  }
}

/** A continuous function changes less and less between ever nearer points. */
function jumpNear(x: Decimal, e: Decimal, read: (x: Decimal) => Decimal | undefined): string | undefined {
  for (const side of [1, -1]) {
    const near = read(x.plus(decimal(side).times('1e-25')));
    const far = read(x.plus(decimal(side).times('1e-12')));
    if (near === undefined || far === undefined) continue;
    const jump = near.minus(e).abs();
    if (jump.gt(far.minus(e).abs().times(0.5).plus(1e-9)) && jump.gt(1e-6))
      return `jumps at ${x.toString()}: ${e.toString()} and ${near.toString()}`;
  }
  return undefined;
}

interface Sampled50 {
  readonly x: Decimal;
  readonly e: Decimal;
}
/** Halves the way between two points, keeping the half with more of the change: of a continuous function little is left of it. */
function jumpBetween(
  a: Sampled50,
  b: Sampled50,
  read: (x: Decimal) => Decimal | undefined,
): string | undefined {
  const whole = b.e.minus(a.e).abs();
  if (whole.lt(1e-9)) return undefined;
  let [low, high] = [a, b];
  for (let n = 0; n < 110; n += 1) {
    const x = low.x.plus(high.x).div(2);
    const e = read(x);
    if (e === undefined) return undefined;
    if (e.minus(low.e).abs().gt(high.e.minus(e).abs())) high = { x, e };
    else low = { x, e };
    if (high.e.minus(low.e).abs().lt(whole.times(1e-3))) return undefined;
  }
  return `jumps near ${low.x.toPrecision(15)}: ${low.e.toPrecision(15)} and ${high.e.toPrecision(15)}`;
}

/** Far along, or very near, the value is near what is claimed; slow convergence is given the benefit of the doubt. */
function brokenLimit(
  points: readonly Decimal[],
  read: (value: Decimal) => readonly Decimal[],
  holds: (value: Decimal) => boolean,
): string | undefined {
  const [start] = points;
  if (start === undefined) return undefined;
  const [, , goal = NAN] = read(start);
  const steps = ['1e2', '1e4', '1e7'].map(decimal);
  const along = steps.map((step) =>
    goal.isFinite() ? goal.plus(decimal(1).div(step.times(step))) : step.times(goal.isNegative() ? -1 : 1),
  );
  const usable = along.filter(holds);
  if (usable.length < 3) return undefined;
  const distances = usable.map((x) => {
    const [e = NAN, limit = NAN] = read(x);
    return e.minus(limit).abs();
  });
  const [, , last = NAN] = distances;
  const [first = NAN] = distances;
  if (last.isNaN()) return `is undefined at ${usable[2]?.toString() ?? ''}`;
  return last.gt(1e-3) && last.gt(first.times(0.1))
    ? `far along it is still ${last.toString()} away`
    : undefined;
}
