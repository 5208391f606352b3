/** Terms and conditions in the language's own notation, for people. */
import * as build from './build.js';
import {
  MINUS_ONE,
  ONE,
  equals,
  opposite,
  ratio,
  rationalText,
  signOf,
  times,
  type Rational,
} from './rational.js';
import type { Condition, Relation, Term } from './term.js';

/** Binding: what is below the place's needs parentheses there. */
const LOOSE = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, power: 8, atom: 9 } as const;

interface Written {
  readonly text: string;
  readonly binds: number;
}
const atom = (text: string): Written => ({ text, binds: LOOSE.atom });
const within = ({ text, binds }: Written, least: number): string => (binds < least ? `(${text})` : text);
const called = (name: string, ...args: readonly Term[]): Written =>
  atom(`${name}(${args.map(termText).join(', ')})`);

/** `exp(log_ratio) / (1 + tau)`. */
export const termText = (term: Term): string => written(term).text;
/** `abs(x) >= 0 and flag`. */
export const conditionText = (condition: Condition): string => writtenCondition(condition).text;

const PLACES = [1, 2, 3, 4, 5, 6];
/** As a decimal, where it has a short one. */
function numberText(value: Rational): Written {
  const isDecimal = PLACES.some((count) => 10n ** BigInt(count) % value.d === 0n);
  if (value.d !== 1n && !isDecimal)
    return { text: rationalText(value).replace('/', ' / '), binds: LOOSE.product };
  const text = value.d === 1n ? String(value.n) : String(Number(value.n) / Number(value.d));
  return { text, binds: signOf(value) < 0 ? LOOSE.product : LOOSE.atom };
}

function written(term: Term): Written {
  switch (term.op) {
    case 'number':
      return numberText(term.value);
    case 'pi':
      return atom('pi');
    case 'variable':
      return atom(term.name);
    case 'sum':
      return sumText(term.terms);
    case 'product':
      return productText(term.factors);
    case 'power':
      return powerText(term.base, term.exponent);
    case 'exp':
    case 'log':
      return called(term.op, term.x);
    case 'select':
      return selectText(term);
  }
}

function sumText(terms: readonly Term[]): Written {
  const first = terms.findIndex((one) => signOf(coefficientOf(one)) > 0);
  const ordered = first <= 0 ? terms : [...terms.slice(first), ...terms.slice(0, first)];
  const text = ordered.reduce((sofar, one, at) => {
    const isNegative = signOf(coefficientOf(one)) < 0;
    if (at === 0) return within(written(one), LOOSE.sum);
    const part = isNegative ? build.negated(one) : one;
    return `${sofar} ${isNegative ? '-' : '+'} ${within(written(part), LOOSE.product)}`;
  }, '');
  return { text, binds: LOOSE.sum };
}

function coefficientOf(term: Term): Rational {
  if (term.op === 'number') return term.value;
  const factors = term.op === 'product' ? term.factors : [];
  return factors.reduce((sofar, one) => (one.op === 'number' ? times(sofar, one.value) : sofar), ONE);
}

function productText(factors: readonly Term[]): Written {
  const coefficient = coefficientOf({ op: 'product', factors });
  const others = factors.filter(({ op }) => op !== 'number');
  const isBelow = (one: Term): boolean => one.op === 'power' && signOf(one.exponent) < 0;
  const above = others.filter((one) => !isBelow(one));
  const below = others
    .filter(isBelow)
    .map((one) => build.power(one, MINUS_ONE))
    .map(inverted);
  const [size, sign] = signOf(coefficient) < 0 ? [opposite(coefficient), '-'] : [coefficient, ''];
  const top = [...(size.n === 1n && above.length > 0 ? [] : [atom(String(size.n))]), ...above.map(written)];
  const bottom = [...(size.d === 1n ? [] : [atom(String(size.d))]), ...below.map(written)];
  const joined = (parts: readonly Written[]): string =>
    parts.map((one, at) => within(one, at === 0 ? LOOSE.product : LOOSE.product + 1)).join(' * ');
  const over =
    bottom.length === 0 ? '' : bottom.length === 1 ? ` / ${bottomText(bottom)}` : ` / (${joined(bottom)})`;
  return { text: `${sign}${joined(top)}${over}`, binds: LOOSE.product };
}
const bottomText = ([only = atom('1')]: readonly Written[]): string => within(only, LOOSE.product + 1);
/** (b^q)^−1 as b^−q. */
const inverted = (one: Term): Term =>
  one.op === 'power' && one.base.op === 'power'
    ? build.power(one.base.base, opposite(one.base.exponent))
    : one;

function powerText(base: Term, exponent: Rational): Written {
  if (signOf(exponent) < 0) return productText([build.one, { op: 'power', base, exponent }]);
  if (equals(exponent, ratio(1n, 2n))) return called('sqrt', base);
  const text = `${within(written(base), LOOSE.atom)} ^ ${within(numberText(exponent), LOOSE.atom)}`;
  return { text, binds: LOOSE.power };
}

/** As a function of the language, where it is one. */
function selectText({ if: test, then, else: otherwise }: Extract<Term, { readonly op: 'select' }>): Written {
  const isDifference = (a: Term, b: Term): boolean =>
    build.isLiteral(test) && keyOf(test.x) === keyOf(build.difference(a, b));
  if (test.op === '>=' && isDifference(then, build.zero) && keyOf(otherwise) === keyOf(build.negated(then)))
    return called('abs', then);
  if (test.op === '>=' && isDifference(otherwise, then)) return called('min', then, otherwise);
  if (test.op === '>=' && isDifference(then, otherwise)) return called('max', then, otherwise);
  const text = `if ${conditionText(test)} then ${termText(then)} else ${termText(otherwise)}`;
  return { text, binds: 0 };
}
const keyOf = (part: Term | Condition): string =>
  JSON.stringify(part, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

const SYMBOLS: Readonly<Record<Relation, string>> = { '>=': '>=', '>': '>', '==': '==', '!=': '!=' };

function writtenCondition(condition: Condition): Written {
  switch (condition.op) {
    case 'boolean':
      return atom(String(condition.value));
    case 'flag':
      return atom(condition.name);
    case 'not':
      return { text: `not ${within(writtenCondition(condition.x), LOOSE.not)}`, binds: LOOSE.not };
    case 'and':
    case 'or': {
      const parts = condition.op === 'and' ? condition.all : condition.any;
      const binds = LOOSE[condition.op];
      const text = parts.map((one) => within(writtenCondition(one), binds + 1)).join(` ${condition.op} `);
      return { text, binds };
    }
    default:
      return literalText(condition.op, condition.x);
  }
}

/** Positive parts on the left, negative ones on the right. */
function literalText(op: Relation, x: Term): Written {
  const terms = x.op === 'sum' ? x.terms : [x];
  const isNegative = (one: Term): boolean => signOf(coefficientOf(one)) < 0;
  const [left, right] = [terms.filter((one) => !isNegative(one)), terms.filter(isNegative)];
  if (left.length === 0 && (op === '>=' || op === '>')) {
    const turned = op === '>=' ? '<=' : '<';
    return { text: `${termText(build.negated(x))} ${turned} 0`, binds: LOOSE.compare };
  }
  const other = build.sum(...right.map(build.negated));
  return { text: `${termText(build.sum(...left))} ${SYMBOLS[op]} ${termText(other)}`, binds: LOOSE.compare };
}
