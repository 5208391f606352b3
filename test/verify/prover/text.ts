/** Sequents as text: `tau > 0; x.1 < x.2 |- exp(x.1 / tau) < exp(x.2 / tau)`. Names are variables; `int n` says one is whole. */
import * as build from '../../../src/proof/build.js';
import { parseRational } from '../../../src/proof/rational.js';
import type { Condition, Sequent, Term, Variable } from '../../../src/proof/term.js';
import { variablesOf } from '../../../src/verify/prover/walk.js';

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}
const TOKEN = /\s*(\d+(?:\.\d+)?(?:e-?\d+)?|[a-z_][\w.]*|<=|>=|==|!=|[-+*/^(),<>])/giy;

function reading(text: string): Reader {
  const tokens = [...text.trim().matchAll(TOKEN)].map((match) => match[1] ?? '');
  if (tokens.join('') !== text.replace(/\s/g, '')) throw new Error(`cannot read ${text}`);
  return { tokens, at: 0 };
}
const peek = (r: Reader): string => r.tokens[r.at] ?? '';
const take = (r: Reader): string => r.tokens[r.at++] ?? '';
function skip(r: Reader, token: string): void {
  if (take(r) !== token) throw new Error(`expected ${token} before ${r.tokens.slice(r.at - 1).join(' ')}`);
}

const one = build.one;
const two = build.number(2);
const exp = build.exp;
const over = build.quotient;
const sigmoid = (x: Term): Term => over(one, build.sum(one, exp(build.negated(x))));
const min = (x: Term, y: Term): Term => build.select(build.atLeast(y, x), x, y);
const max = (x: Term, y: Term): Term => build.select(build.atLeast(x, y), x, y);
const FUNCTIONS: Readonly<Record<string, (...args: readonly [Term, Term, Term]) => Term>> = {
  exp,
  log: build.log,
  sigmoid,
  min,
  max,
  sqrt: (x) => build.power(x, parseRational('1/2') ?? 0),
  softplus: (x) => build.log(build.sum(one, exp(x))),
  logsigmoid: (x) => build.negated(build.log(build.sum(one, exp(build.negated(x))))),
  tanh: (x) => build.difference(one, over(two, build.sum(one, exp(build.product(two, x))))),
  expm1: (x) => build.difference(exp(x), one),
  log1p: (x) => build.log(build.sum(one, x)),
  abs: (x) => build.select(build.literal('>=', x), x, build.negated(x)),
  sign: (x) =>
    build.select(
      build.literal('>', x),
      one,
      build.select(build.literal('==', x), build.zero, build.number(-1)),
    ),
  clip: (x, low, high) => build.select(build.above(low, x), low, build.select(build.above(x, high), high, x)),
};

function atom(r: Reader): Term {
  const token = take(r);
  if (token === '(') {
    const inside = sums(r);
    skip(r, ')');
    return inside;
  }
  if (token === '-') return build.negated(powers(r));
  const rational = parseRational(token);
  if (rational !== undefined) return build.number(rational);
  if (token === 'pi') return build.pi;
  if (token === 'if') {
    const condition = ors(r);
    skip(r, 'then');
    const then = sums(r);
    skip(r, 'else');
    return build.select(condition, then, sums(r));
  }
  const called = FUNCTIONS[token];
  if (called === undefined || peek(r) !== '(') return build.variable(token);
  skip(r, '(');
  const args = [sums(r)];
  while (peek(r) === ',') {
    skip(r, ',');
    args.push(sums(r));
  }
  skip(r, ')');
  const [x = build.zero, y = build.zero, z = build.zero] = args;
  return called(x, y, z);
}
function powers(r: Reader): Term {
  const base = atom(r);
  if (peek(r) !== '^') return base;
  skip(r, '^');
  const exponent = powers(r);
  if (exponent.op === 'number') return build.power(base, exponent.value);
  if (exponent.op === 'product' && exponent.factors.every(({ op }) => op === 'number' || op === 'power')) {
    const [first, second] = exponent.factors;
    if (first?.op === 'number' && second === undefined) return build.power(base, first.value);
  }
  return exp(build.product(exponent, build.log(base)));
}
function products(r: Reader): Term {
  let left = powers(r);
  while (peek(r) === '*' || peek(r) === '/')
    left = take(r) === '*' ? build.product(left, powers(r)) : over(left, powers(r));
  return left;
}
function sums(r: Reader): Term {
  let left = products(r);
  while (peek(r) === '+' || peek(r) === '-')
    left = take(r) === '+' ? build.sum(left, products(r)) : build.difference(left, products(r));
  return left;
}

function comparison(r: Reader): Condition {
  if (peek(r) === 'not') {
    skip(r, 'not');
    return build.not(comparison(r));
  }
  if (peek(r) === 'flag') {
    take(r);
    return build.flag(take(r));
  }
  if (peek(r) === 'true' || peek(r) === 'false') return build.truth(take(r) === 'true');
  if (peek(r) === '(') {
    const before = r.at;
    skip(r, '(');
    try {
      const inside = ors(r);
      skip(r, ')');
      if (!/^([-+*/^<>]|[<>=!]=)$/.test(peek(r))) return inside;
    } catch {
      // It was a term in brackets.
    }
    r.at = before;
  }
  const left = sums(r);
  const relation = take(r);
  const right = sums(r);
  if (relation === '>=') return build.atLeast(left, right);
  if (relation === '>') return build.above(left, right);
  if (relation === '<=') return build.atLeast(right, left);
  if (relation === '<') return build.above(right, left);
  if (relation === '==') return build.equal(left, right);
  if (relation === '!=') return build.different(left, right);
  throw new Error(`expected a comparison, found ${relation}`);
}
function ands(r: Reader): Condition {
  const all = [comparison(r)];
  while (peek(r) === 'and') {
    skip(r, 'and');
    all.push(comparison(r));
  }
  return build.and(...all);
}
function ors(r: Reader): Condition {
  const any = [ands(r)];
  while (peek(r) === 'or') {
    skip(r, 'or');
    any.push(ands(r));
  }
  return build.or(...any);
}

function whole<T>(text: string, read: (r: Reader) => T): T {
  const r = reading(text);
  const found = read(r);
  if (r.at < r.tokens.length) throw new Error(`cannot read on at ${r.tokens.slice(r.at).join(' ')}`);
  return found;
}
export const termOf = (text: string): Term => whole(text, sums);
export const conditionOf = (text: string): Condition => whole(text, ors);

/** `given; given; … |- goal`; `int n` among the given declares a whole number. */
export function sequentOf(text: string): Sequent {
  const [before = '', after = ''] = text.includes('|-') ? text.split('|-') : ['', text];
  const parts = before.split(';').map((part) => part.trim());
  const integers = parts.flatMap((part) => /^int (.*)$/.exec(part)?.[1]?.split(' ') ?? []);
  const given = parts.filter((part) => part !== '' && !part.startsWith('int ')).map(conditionOf);
  const goal = conditionOf(after);
  const names = new Set([...given, goal].flatMap((one) => [...variablesOf(one)]));
  const variables = [...names].map((name): Variable =>
    integers.includes(name) ? { name, integer: true } : { name },
  );
  return { variables, given, goal };
}
