/** Terms as series: how a term grows as its variable runs to a point. */
import * as b from '../../proof/build.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import { LOG, LOG_LOG, type Product } from './scale.js';
import {
  add,
  constant,
  eventualSign,
  exponential,
  logarithm,
  monomial,
  multiply,
  raise,
  type Series,
} from './series.js';
import type { Signs } from './signs.js';

/** How the variable runs: u itself, −u, a + 1/u, a − 1/u; or (log u)/c, where exponentials of exponentials occur. */
export type Path =
  | { readonly to: 'inf' | '-inf'; readonly by?: Term }
  | { readonly to: Term; readonly side: 'above' | 'below' };

export interface Expansion {
  readonly series: (term: Term) => Series | undefined;
  /** What a condition is from some u on. */
  readonly eventually: (condition: Condition) => boolean | undefined;
  /** Where an exponential outgrew the scale: the rate of an exponential in its exponent. */
  readonly outgrown: () => Product | undefined;
}

const U: Product = [{ of: LOG, coefficient: b.one }];
const LOG_U: Product = [{ of: LOG_LOG, coefficient: b.one }];
const INVERSE_U: Product = [{ of: LOG, coefficient: b.number(-1) }];

function along(path: Path): Series {
  if (typeof path.to === 'object' && 'side' in path) {
    const step = b.number(path.side === 'above' ? 1 : -1);
    return {
      summands: [...constant(path.to).summands, { coefficient: step, product: INVERSE_U }],
      errors: [],
    };
  }
  const direction = b.number(path.to === 'inf' ? 1 : -1);
  const by = 'by' in path ? path.by : undefined;
  return by === undefined ? monomial(direction, U) : monomial(b.quotient(direction, by), LOG_U);
}

/** The expansion of terms in `variable` along a path; nothing is expanded twice. */
export function expansion(variable: string, path: Path, signs: Signs, spend: () => boolean): Expansion {
  const known = new Map<Term, Series | undefined>();
  const free = new Map<object, boolean>();
  let outgrown: Product | undefined;

  const isFree = (part: Term | Condition): boolean => {
    const sofar = free.get(part);
    if (sofar !== undefined) return sofar;
    const result = part.op === 'variable' ? part.name !== variable : partsOf(part).every(isFree);
    free.set(part, result);
    return result;
  };
  const series = (term: Term): Series | undefined => {
    if (isFree(term)) return signs.isZero(term) ? { summands: [], errors: [] } : constant(term);
    if (!known.has(term)) known.set(term, spend() ? expanded(term) : undefined);
    return known.get(term);
  };
  const all = (terms: readonly Term[]): readonly Series[] | undefined => {
    const found = terms.map(series);
    return found.every((one) => one !== undefined) ? found : undefined;
  };
  const expanded = (term: Term): Series | undefined => {
    switch (term.op) {
      case 'number':
      case 'pi':
        return constant(term);
      case 'variable':
        return along(path);
      case 'sum': {
        const parts = all(term.terms);
        return parts && add(parts, signs);
      }
      case 'product':
        return all(term.factors)?.reduce<Series | undefined>(
          (sofar, one) => sofar && multiply(sofar, one, signs),
          constant(b.one),
        );
      case 'power': {
        const base = series(term.base);
        return base && raise(base, term.exponent, signs);
      }
      case 'exp': {
        const x = series(term.x);
        return x && exponential(x, signs, (product) => (outgrown ??= product));
      }
      case 'log': {
        const x = series(term.x);
        return x && logarithm(x, signs);
      }
      case 'select': {
        const holds = eventually(term.if);
        return holds === undefined ? undefined : series(holds ? term.then : term.else);
      }
    }
  };
  const literal = ({ op, x }: Literal): boolean | undefined => {
    const found = series(x);
    const sign = found && eventualSign(found, signs);
    return sign === undefined ? undefined : b.standsSo(op, { n: BigInt(sign), d: 1n });
  };
  const eventually = (condition: Condition): boolean | undefined => {
    if (condition.op === 'boolean') return condition.value;
    if (isFree(condition)) return signs.holds(condition);
    switch (condition.op) {
      case 'flag':
        return signs.holds(condition);
      case 'not': {
        const holds = eventually(condition.x);
        return holds === undefined ? undefined : !holds;
      }
      case 'and':
        return joined(condition.all, true);
      case 'or':
        return joined(condition.any, false);
      default:
        return literal(condition);
    }
  };
  /** One that is not `unit` decides; nothing is asked of those after it. */
  const joined = (parts: readonly Condition[], unit: boolean): boolean | undefined => {
    let result: boolean | undefined = unit;
    for (const part of parts) {
      const holds = eventually(part);
      if (holds === !unit) return holds;
      if (holds === undefined) result = undefined;
    }
    return result;
  };
  return { series, eventually, outgrown: () => outgrown };
}

/** The terms and conditions that a term or a condition is made of. */
export function partsOf(part: Term | Condition): readonly (Term | Condition)[] {
  switch (part.op) {
    case 'number':
    case 'pi':
    case 'variable':
    case 'boolean':
    case 'flag':
      return [];
    case 'sum':
      return part.terms;
    case 'product':
      return part.factors;
    case 'power':
      return [part.base];
    case 'select':
      return [part.if, part.then, part.else];
    case 'and':
      return part.all;
    case 'or':
      return part.any;
    default:
      return [part.x];
  }
}
