/** Values of terms in doubles with a running bound of the error: for guesses and counterexamples, never for proofs. */
import { toNumber } from '../../proof/rational.js';
import type { Condition, Literal, Relation, Term } from '../../proof/term.js';
import { partsOf, subparts, type Part } from './walk.js';

/** Decides each condition at a point, `undefined` where doubles do not tell. */
export interface Evaluator {
  /** Values in the order of the names; a flag holds where its value is above 0. */
  readonly at: (point: readonly number[]) => void;
  /** The same point with another value of the name at a position: what does not depend on it stays. */
  readonly move: (position: number, value: number) => void;
  readonly decided: (condition: Condition) => boolean | undefined;
  /** Positions, among the parts that it was made of, of the conditions that do not surely hold. */
  readonly open: () => readonly number[];
  readonly value: (term: Term) => number;
}

/** One slot for each part: a term's value and a bound of its error; a condition's truth, 0, 1 or neither. */
interface Slots {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}
type Step = (slots: Slots) => void;
type Operation = (slots: Slots, own: number, operands: readonly number[]) => void;

const EPS = 2 ** -51;
const UNKNOWN = 2;

export function evaluatorOf(parts: readonly Part[], names: readonly string[]): Evaluator {
  const all = subparts(...parts);
  const at = new Map<Part, number>(all.map((part, index) => [part, index]));
  const slots: Slots = {
    values: new Float64Array(all.length + names.length),
    errors: new Float64Array(all.length + names.length),
  };
  const reads = all.map((part) =>
    part.op === 'variable' || part.op === 'flag'
      ? [all.length + names.indexOf(part.name)]
      : partsOf(part).map((one) => at.get(one) ?? 0),
  );
  const steps: (Step | undefined)[] = [];
  for (const [own, part] of all.entries()) {
    const [operation, read] = [operationOf(part), reads[own] ?? []];
    const isFixed = part.op === 'number' || part.op === 'pi' || part.op === 'boolean';
    steps.push(isFixed ? undefined : (now) => operation(now, own, read));
    // What has the same value at every point has it from now on.
    if (isFixed) operation(slots, own, read);
  }
  const roots = parts.map((part) => at.get(part) ?? -1);

  const dependent = new Map<number, readonly Step[]>();
  const dependentOn = (position: number): readonly Step[] => {
    const known = dependent.get(position);
    if (known !== undefined) return known;
    const moved = new Set([all.length + position]);
    const found: Step[] = [];
    for (const [own, read] of reads.entries()) {
      const step = steps[own];
      if (step === undefined || !read.some((one) => moved.has(one))) continue;
      moved.add(own);
      found.push(step);
    }
    dependent.set(position, found);
    return found;
  };
  return {
    at: (point) => {
      slots.values.set(point, all.length);
      for (const step of steps) step?.(slots);
    },
    move: (position, value) => {
      slots.values[all.length + position] = value;
      for (const step of dependentOn(position)) step(slots);
    },
    decided: (condition) => {
      const truth = slots.values[at.get(condition) ?? -1];
      return truth === 1 ? true : truth === 0 ? false : undefined;
    },
    open: () => {
      const found: number[] = [];
      for (const [position, root] of roots.entries()) if (slots.values[root] !== 1) found.push(position);
      return found;
    },
    value: (term) => slots.values[at.get(term) ?? -1] ?? NaN,
  };
}

function operationOf(part: Part): Operation {
  switch (part.op) {
    case 'number': {
      const value = toNumber(part.value);
      return ({ values, errors }, own) =>
        put(values, errors, own, value, isShort(value) ? 0 : rounding(value));
    }
    case 'pi':
      return ({ values, errors }, own) => put(values, errors, own, Math.PI, rounding(Math.PI));
    case 'variable':
      return ({ values, errors }, own, [x = 0]) => put(values, errors, own, values[x] ?? NaN, 0);
    case 'sum':
      return sum;
    case 'product':
      return product;
    case 'power':
      return power(toNumber(part.exponent));
    case 'exp':
      return exponential;
    case 'log':
      return logarithm;
    case 'select':
      return selection;
    case 'boolean':
      return ({ values }, own) => {
        values[own] = part.value ? 1 : 0;
      };
    case 'flag':
      return ({ values }, own, [x = 0]) => {
        values[own] = (values[x] ?? 0) > 0 ? 1 : 0;
      };
    case 'not':
      return ({ values }, own, [x = 0]) => {
        values[own] = values[x] === UNKNOWN ? UNKNOWN : 1 - (values[x] ?? 0);
      };
    case 'and':
      return junction(0);
    case 'or':
      return junction(1);
    case '>=':
    case '>':
    case '==':
    case '!=':
      return comparison(part);
  }
}

function put(values: Float64Array, errors: Float64Array, own: number, value: number, error: number): void {
  values[own] = value;
  errors[own] = error;
}
/** Below this, doubles lose digits, and in the end are 0 where no real number is. */
const TINY = 1e-290;
const rounding = (value: number): number => EPS * Math.abs(value);
const lost = (value: number): number => (Math.abs(value) < TINY ? TINY : 0);
/** Few enough bits that sums and products of two are exact. */
const isShort = (value: number): boolean => Math.abs(value) <= 64 && Number.isInteger(value * 2 ** 20);

const sum: Operation = ({ values, errors }, own, operands) => {
  let [total, error, most, exact] = [0, 0, 0, true];
  for (const one of operands) {
    const value = values[one] ?? NaN;
    exact &&= isShort(value);
    total += value;
    error += errors[one] ?? NaN;
    most = Math.max(most, Math.abs(total), Math.abs(value));
  }
  put(values, errors, own, total, error === 0 && exact ? 0 : error + 2 * rounding(most));
};

const product: Operation = ({ values, errors }, own, operands) => {
  let [total, error] = [1, 0];
  for (const one of operands) {
    const [value, off] = [values[one] ?? NaN, errors[one] ?? NaN];
    const exact = error === 0 && off === 0 && isShort(value) && isShort(total);
    const isNothing = (total === 0 && error === 0) || (value === 0 && off === 0);
    error = error * Math.abs(value) + (Math.abs(total) + error) * off;
    total *= value;
    if (!exact && !isNothing) error += rounding(total) + lost(total);
  }
  put(values, errors, own, total, error);
};

const power =
  (q: number): Operation =>
  ({ values, errors }, own, [x = 0]) => {
    const [base, off] = [values[x] ?? NaN, errors[x] ?? NaN];
    const value = base === 0 && q < 0 ? NaN : Math.pow(base, q);
    if (off === 0 && isShort(base) && isShort(value) && Math.pow(value, 1 / q) === Math.abs(base))
      return put(values, errors, own, value, 0);
    const room = Math.abs(base) - off;
    const relative = room > 0 ? off / room : base === 0 && off === 0 ? 0 : Infinity;
    const error = Math.abs(value) * (relative * Math.abs(q) * 2 + 2 * EPS);
    return put(values, errors, own, value, base === 0 ? error : error + lost(value));
  };

const exponential: Operation = ({ values, errors }, own, [x = 0]) => {
  const [argument, off] = [values[x] ?? NaN, errors[x] ?? NaN];
  const value = Math.exp(argument);
  put(
    values,
    errors,
    own,
    value,
    argument === 0 && off === 0 ? 0 : value * Math.expm1(off) + 2 * rounding(value) + lost(value),
  );
};

const logarithm: Operation = ({ values, errors }, own, [x = 0]) => {
  const [argument, off] = [values[x] ?? NaN, errors[x] ?? NaN];
  const value = argument > 0 ? Math.log(argument) : NaN;
  const error = argument > off ? off / (argument - off) : Infinity;
  put(values, errors, own, value, argument === 1 && off === 0 ? 0 : error + 2 * rounding(value));
};

const selection: Operation = ({ values, errors }, own, [test = 0, y = 0, z = 0]) => {
  const chosen = values[test] === 1 ? y : z;
  put(values, errors, own, values[test] === UNKNOWN ? NaN : (values[chosen] ?? NaN), errors[chosen] ?? NaN);
};

/** `and` is decided by a 0, `or` by a 1. */
const junction =
  (decisive: 0 | 1): Operation =>
  ({ values }, own, operands) => {
    let truth: number = 1 - decisive;
    for (const one of operands)
      if (values[one] === decisive) truth = decisive;
      else if (values[one] === UNKNOWN && truth !== decisive) truth = UNKNOWN;
    values[own] = truth;
  };

function comparison({ op }: Literal): Operation {
  const holds = HOLDS[op];
  return ({ values, errors }, own, [x = 0]) => {
    const [value, off] = [values[x] ?? NaN, errors[x] ?? NaN];
    const isTold = Number.isFinite(value) && (Math.abs(value) > 4 * off || (value === 0 && off === 0));
    values[own] = !isTold ? UNKNOWN : holds(value) ? 1 : 0;
  };
}
const HOLDS: Readonly<Record<Relation, (x: number) => boolean>> = {
  '>=': (x) => x >= 0,
  '>': (x) => x > 0,
  '==': (x) => x === 0,
  '!=': (x) => x !== 0,
};
