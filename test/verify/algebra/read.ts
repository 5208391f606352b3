/** Terms and sequents from text: `A > 0; exp(s) <= 1 + eps |- A * exp(s) <= (1 + eps) * A`. */
import * as build from '../../../src/proof/build.js';
import { parseRational } from '../../../src/proof/rational.js';
import type { Condition, Literal, Term } from '../../../src/proof/term.js';

type Tokens = { readonly all: readonly string[]; at: number };

const FUNCTIONS: Readonly<Record<string, (x: Term) => Term>> = {
  exp: build.exp,
  log: build.log,
  sqrt: (x) => build.power(x, { n: 1n, d: 2n }),
  sigmoid: (x) => build.power(build.sum(build.one, build.exp(build.negated(x))), -1),
};

export function term(text: string): Term {
  const tokens = tokensOf(text);
  const read = sum(tokens);
  if (tokens.at < tokens.all.length) throw new Error(`left over in ${text}`);
  return read;
}

const tokensOf = (text: string): Tokens => ({
  all: text.match(/[\d.]+|\w[\w.]*|[-+*/^()]/g) ?? [],
  at: 0,
});
const peek = ({ all, at }: Tokens): string => all[at] ?? '';
function take(tokens: Tokens, wanted?: string): string {
  const token = peek(tokens);
  if (wanted !== undefined && token !== wanted) throw new Error(`expected ${wanted}, found ${token}`);
  tokens.at += 1;
  return token;
}

function sum(tokens: Tokens): Term {
  let out = product(tokens);
  while (peek(tokens) === '+' || peek(tokens) === '-')
    out = take(tokens) === '+' ? build.sum(out, product(tokens)) : build.difference(out, product(tokens));
  return out;
}
function product(tokens: Tokens): Term {
  let out = signed(tokens);
  while (peek(tokens) === '*' || peek(tokens) === '/')
    out = take(tokens) === '*' ? build.product(out, signed(tokens)) : build.quotient(out, signed(tokens));
  return out;
}
function signed(tokens: Tokens): Term {
  if (peek(tokens) !== '-') return powered(tokens);
  take(tokens);
  return build.negated(signed(tokens));
}
function powered(tokens: Tokens): Term {
  const base = atom(tokens);
  if (peek(tokens) !== '^') return base;
  take(tokens);
  const exponent = signed(tokens);
  if (exponent.op === 'number') return build.power(base, exponent.value);
  return build.exp(build.product(exponent, build.log(base)));
}
function atom(tokens: Tokens): Term {
  const token = take(tokens);
  if (token === '(') {
    const inside = sum(tokens);
    take(tokens, ')');
    return inside;
  }
  const number = parseRational(token);
  if (number !== undefined) return build.number(number);
  if (token === 'pi') return build.pi;
  const call = FUNCTIONS[token];
  if (call === undefined) return build.variable(token);
  take(tokens, '(');
  const argument = sum(tokens);
  take(tokens, ')');
  return call(argument);
}

export function condition(text: string): Literal {
  const [, left = '', relation = '', right = ''] = /^(.*?)(<=|>=|==|!=|<|>)(.*)$/.exec(text) ?? [];
  const [a, b] = [term(left), term(right)];
  const read = {
    '<=': (): Literal => ({ op: '>=', x: build.difference(b, a) }),
    '<': (): Literal => ({ op: '>', x: build.difference(b, a) }),
    '>=': (): Literal => ({ op: '>=', x: build.difference(a, b) }),
    '>': (): Literal => ({ op: '>', x: build.difference(a, b) }),
    '==': (): Literal => ({ op: '==', x: build.difference(a, b) }),
    '!=': (): Literal => ({ op: '!=', x: build.difference(a, b) }),
  }[relation];
  if (read === undefined) throw new Error(`no relation in ${text}`);
  return read();
}

export interface Goal {
  readonly given: readonly Literal[];
  readonly goal: Literal;
}
export function sequent(text: string): Goal {
  const [given = '', goal = ''] = text.split('|-');
  const all = given.split(';').filter((one) => one.trim() !== '');
  return { given: all.map(condition), goal: condition(goal) };
}

/** What should contradict itself if the sequent holds. */
export function literalsOf({ given, goal }: Goal): readonly Literal[] {
  const negation: Condition = {
    '>=': (): Condition => ({ op: '>', x: build.negated(goal.x) }),
    '>': (): Condition => ({ op: '>=', x: build.negated(goal.x) }),
    '==': (): Condition => ({ op: '!=', x: goal.x }),
    '!=': (): Condition => ({ op: '==', x: goal.x }),
  }[goal.op]();
  return [...given, negation as Literal];
}
