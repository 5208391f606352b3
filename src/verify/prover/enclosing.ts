/**
 * Symbolic bounds of a term over names that a bound may mention: guesses from its structure, to be proved afterwards. So nothing here
 * has to be sound, only likely.
 */
import * as b from '../../proof/build.js';
import { keyOf } from '../../proof/key.js';
import { ONE, isWhole, plus, signOf } from '../../proof/rational.js';
import type { Literal, Term } from '../../proof/term.js';
import { decide, extended, type Context } from './context.js';
import { resolver } from './substitute.js';
import { variablesOf } from './walk.js';

export interface Ends {
  readonly low?: Term;
  readonly high?: Term;
}

/** What is below and above a term where the context holds; `allowed` says which names an end may mention. */
export function enclosing(term: Term, context: Context, allowed: (name: string) => boolean): Ends {
  const isAllowed = (one: Term): boolean => [...variablesOf(one)].every(allowed);
  const sign = (one: Term, where: Context): -1 | 0 | 1 | undefined => {
    if (decide(where, b.literal('>=', one)) === true) return 1;
    return decide(where, b.literal('>=', b.negated(one))) === true ? -1 : undefined;
  };
  const of = (one: Term, where: Context): Ends => {
    if (isAllowed(one)) return { low: one, high: one };
    return tightened(structural(one, where), said(one, where, isAllowed));
  };
  const structural = (one: Term, where: Context): Ends => {
    switch (one.op) {
      case 'sum': {
        const parts = one.terms.map((part) => of(part, where));
        return {
          ...ended('low', totalled(parts.map(({ low }) => low))),
          ...ended('high', totalled(parts.map(({ high }) => high))),
        };
      }
      case 'product': {
        const { shares, factors } = sharesIn(one.factors, where);
        const ends = factors.map((factor) => signed(factor, of(factor, where), where));
        return [...Array.from({ length: shares }, () => SHARE), ...ends].reduce(times, ALL_OF_IT);
      }
      case 'power':
        return raised(of(one.base, where), one.base, Number(one.exponent.n), isWhole(one.exponent), where);
      case 'exp': {
        const { high } = of(one.x, where);
        return { low: b.zero, ...ended('high', high && b.exp(high)) };
      }
      case 'log': {
        const { low, high } = of(one.x, where);
        return { ...ended('low', low && b.log(low)), ...ended('high', high && b.log(high)) };
      }
      case 'select': {
        const known = decide(where, one.if) ?? (b.isLiteral(one.if) ? told(one.if, where) : undefined);
        if (known !== undefined) return of(known ? one.then : one.else, where);
        return hull(
          of(one.then, extended(where, one.if)),
          of(one.else, extended(where, b.not(one.if))),
          where,
        );
      }
      default:
        return {};
    }
  };
  /** x/(x + y), where neither is negative, is between 0 and 1: how often that is so, and the factors that are left. */
  const sharesIn = (
    all: readonly Term[],
    where: Context,
  ): { readonly shares: number; readonly factors: readonly Term[] } => {
    const resolve = resolver((condition) => decide(where, condition));
    let factors = all.flatMap(distributed);
    let shares = 0;
    for (const factor of factors) {
      if (isAllowed(factor) || sign(factor, where) !== 1) continue;
      const key = keyOf(resolve.term(factor));
      const whole = factors.find((one) => {
        if (one.op !== 'power' || !isWhole(one.exponent) || signOf(one.exponent) >= 0) return false;
        const parts = addends(resolve.term(one.base));
        return (
          parts.some((part) => keyOf(part) === key) &&
          parts.every((part) => keyOf(part) === key || sign(part, where) === 1)
        );
      });
      if (whole?.op !== 'power') continue;
      shares += 1;
      const left = b.power(whole.base, plus(whole.exponent, ONE));
      factors = factors.flatMap((one) => (one === factor ? [] : one === whole ? [left] : [one]));
    }
    return { shares, factors };
  };
  /** A condition of which an end of its term tells the sign. */
  const told = ({ op, x }: Literal, where: Context): boolean | undefined => {
    if (op !== '>=' && op !== '>') return undefined;
    const { low, high } = of(x, where);
    if (low !== undefined && decide(where, b.literal(op, low)) === true) return true;
    return high !== undefined && decide(where, b.literal(op, high)) === false ? false : undefined;
  };
  const raised = (base: Ends, written: Term, exponent: number, whole: boolean, where: Context): Ends => {
    const isPositive = sign(written, where) === 1;
    if (isPositive && exponent < 0 && whole)
      return {
        low: b.zero,
        ...ended('high', base.low && !isZero(base.low) ? b.power(base.low, exponent) : undefined),
      };
    if (isPositive && exponent > 0 && whole)
      return { low: b.zero, ...ended('high', base.high && b.power(base.high, exponent)) };
    return {};
  };
  const signed = (factor: Term, ends: Ends, where: Context): Ends => {
    const known = sign(factor, where);
    if (known === 1) return { low: ends.low ?? b.zero, ...ended('high', ends.high) };
    return known === -1 ? { ...ended('low', ends.low), high: ends.high ?? b.zero } : ends;
  };
  const times = (x: Ends, y: Ends): Ends => {
    const bySign = (one: Ends): -1 | 1 | undefined => {
      if (one.low !== undefined && sign(one.low, context) === 1) return 1;
      return one.high !== undefined && sign(one.high, context) === -1 ? -1 : undefined;
    };
    const [p, q] = [bySign(x), bySign(y)];
    if (p === 1 && q === 1)
      return { low: multiplied(x.low, y.low) ?? b.zero, ...ended('high', multiplied(x.high, y.high)) };
    if (p === 1 && q === -1)
      return { ...ended('low', multiplied(x.high, y.low)), high: multiplied(x.low, y.high) ?? b.zero };
    if (p === -1 && q === 1)
      return { ...ended('low', multiplied(x.low, y.high)), high: multiplied(x.high, y.low) ?? b.zero };
    if (p === -1 && q === -1)
      return { low: multiplied(x.high, y.high) ?? b.zero, ...ended('high', multiplied(x.low, y.low)) };
    const [m, n] = [magnitude(x), magnitude(y)];
    const most = m && n && b.product(m, n);
    return most === undefined ? {} : { low: b.negated(most), high: most };
  };
  return of(term, context);
}

const SHARE: Ends = { low: b.zero, high: b.one };
const ALL_OF_IT: Ends = { low: b.one, high: b.one };
/** A whole power of a product as powers of its factors. */
const distributed = (one: Term): readonly Term[] =>
  one.op === 'power' && one.base.op === 'product' && isWhole(one.exponent)
    ? one.base.factors.map((factor) => b.power(factor, one.exponent))
    : [one];

const isZero = (term: Term): boolean => term.op === 'number' && signOf(term.value) === 0;
const ended = <K extends 'low' | 'high'>(end: K, value: Term | undefined): { readonly [key in K]?: Term } =>
  (value === undefined ? {} : { [end]: value }) as { readonly [key in K]?: Term };
const totalled = (terms: readonly (Term | undefined)[]): Term | undefined =>
  terms.every((one) => one !== undefined) ? b.sum(...terms) : undefined;
const multiplied = (x: Term | undefined, y: Term | undefined): Term | undefined => x && y && b.product(x, y);
const absolute = (x: Term): Term => b.select(b.literal('>=', x), x, b.negated(x));

/** What the absolute value is at most. */
export function magnitude({ low, high }: Ends): Term | undefined {
  if (low === undefined || high === undefined) return undefined;
  if (low === high) return absolute(low);
  if (isZero(low)) return high;
  return isZero(high) ? b.negated(low) : b.select(b.atLeast(high, b.negated(low)), high, b.negated(low));
}

function hull(x: Ends, y: Ends, context: Context): Ends {
  return {
    ...ended('low', x.low && y.low && least(x.low, y.low, context)),
    ...ended('high', x.high && y.high && most(x.high, y.high, context)),
  };
}
const most = (x: Term, y: Term, context: Context): Term => {
  if (same(x, y)) return x;
  const isFirst = b.atLeast(x, y);
  const known = decide(context, isFirst) ?? (decide(context, b.atLeast(y, x)) === true ? false : undefined);
  return known === undefined ? b.select(isFirst, x, y) : known ? x : y;
};
const least = (x: Term, y: Term, context: Context): Term =>
  b.negated(most(b.negated(x), b.negated(y), context));
const same = (x: Term, y: Term): boolean => keyOf(x) === keyOf(y);

const tightened = (x: Ends, y: Ends): Ends => ({
  ...ended('low', y.low ?? x.low),
  ...ended('high', y.high ?? x.high),
});

/** What the context's literals say of a term outright: t − c ≥ 0, or c − t ≥ 0. */
function said(term: Term, { literals }: Context, isAllowed: (one: Term) => boolean): Ends {
  let ends: Ends = {};
  for (const literal of literals) {
    const found = endIn(literal, term);
    if (found !== undefined && isAllowed(found.at)) ends = { ...ends, [found.end]: found.at };
  }
  return ends;
}
function endIn(
  { op, x }: Literal,
  term: Term,
): { readonly end: 'low' | 'high'; readonly at: Term } | undefined {
  if (op !== '>=' && op !== '>') return undefined;
  const terms = addends(x);
  const [plain, turned] = [keyOf(term), keyOf(b.negated(term))];
  const own = terms.find((one) => keyOf(one) === plain || keyOf(one) === turned);
  if (own === undefined) return undefined;
  const rest = b.sum(...terms.filter((one) => one !== own));
  return keyOf(own) === plain ? { end: 'low', at: b.negated(rest) } : { end: 'high', at: rest };
}

/** The summands of a sum, and of the negative of one. */
export function addends(term: Term): readonly Term[] {
  if (term.op === 'sum') return term.terms.flatMap(addends);
  const [sign, sum, more] = term.op === 'product' ? term.factors : [];
  const isNegated = sign?.op === 'number' && signOf(plus(sign.value, ONE)) === 0;
  return isNegated && sum?.op === 'sum' && more === undefined
    ? sum.terms.flatMap(addends).map(b.negated)
    : [term];
}
