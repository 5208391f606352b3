/** Terms, conditions and sequents, and how they are read from a certificate (§1 of the page). */
import { each, fields, list, string, unexpected } from './json.js';
import { ONE, ZERO, read, sign, text, whole, type Rational } from './rational.js';
import { demand, reject } from './rejection.js';

export type Term =
  | { readonly op: 'number'; readonly value: Rational }
  | { readonly op: 'pi' }
  | { readonly op: 'variable'; readonly name: string }
  | { readonly op: 'sum' | 'product'; readonly of: readonly Term[] }
  | { readonly op: 'power'; readonly base: Term; readonly exponent: Rational }
  | { readonly op: 'exp' | 'log'; readonly x: Term }
  | { readonly op: 'select'; readonly if: Condition; readonly then: Term; readonly else: Term };

export type Relation = '>=' | '>' | '==' | '!=';
export interface Literal {
  readonly op: Relation;
  readonly x: Term;
}
export type Condition =
  | Literal
  | { readonly op: 'boolean'; readonly value: boolean }
  | { readonly op: 'flag'; readonly name: string }
  | { readonly op: 'not'; readonly x: Condition }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] };

export interface Sequent {
  /** Names of variables that are whole numbers. */
  readonly integers: readonly string[];
  /** Names of all declared variables. */
  readonly declared: readonly string[];
  readonly given: readonly Condition[];
  readonly goal: Condition;
}

export const RELATIONS: readonly Relation[] = ['>=', '>', '==', '!='];
export const isLiteral = (condition: Condition): condition is Literal =>
  (RELATIONS as readonly string[]).includes(condition.op);

export const number = (value: Rational | number): Term => ({
  op: 'number',
  value: typeof value === 'number' ? whole(value) : value,
});
export const variable = (name: string): Term => ({ op: 'variable', name });
export const sum = (...of: readonly Term[]): Term => ({ op: 'sum', of });
export const product = (...of: readonly Term[]): Term => ({ op: 'product', of });
export const power = (base: Term, exponent: Rational | number): Term => ({
  op: 'power',
  base,
  exponent: typeof exponent === 'number' ? whole(exponent) : exponent,
});
/** The same for the same term, so that what is known of it is found again. */
export function negated(x: Term): Term {
  const known = negatives.get(x);
  if (known !== undefined) return known;
  const result = product(MINUS_ONE, x);
  negatives.set(x, result);
  return result;
}
const negatives = new WeakMap<Term, Term>();
const MINUS_ONE = number(-1);
export const difference = (x: Term, y: Term): Term => sum(x, negated(y));
export const absolute = (x: Term): Term => select(literal('>=', x), x, negated(x));
export const quotient = (x: Term, y: Term): Term => product(x, power(y, -1));
export const exp = (x: Term): Term => ({ op: 'exp', x });
export const log = (x: Term): Term => ({ op: 'log', x });
export const select = (condition: Condition, then: Term, otherwise: Term): Term => {
  if (condition.op === 'boolean') return condition.value ? then : otherwise;
  return { op: 'select', if: condition, then, else: otherwise };
};
export const zero = number(ZERO);
export const one = number(ONE);
export const pi: Term = { op: 'pi' };

export const literal = (op: Relation, x: Term): Condition =>
  x.op === 'number' ? truth(standsSo(op, sign(x.value))) : { op, x };
export const truth = (value: boolean): Condition => ({ op: 'boolean', value });
export const and = (...of: readonly Condition[]): Condition => ({ op: 'and', of });
export const or = (...of: readonly Condition[]): Condition => ({ op: 'or', of });
/** A name of our own, and what it is made of. */
export interface Named {
  readonly name: string;
  readonly of: readonly (Term | Condition)[];
}
/** What a relation to 0 says of a sign. */
export const standsSo = (op: Relation, found: -1 | 0 | 1): boolean =>
  op === '>=' ? found >= 0 : op === '>' ? found > 0 : op === '==' ? found === 0 : found !== 0;

/** The negation, pushed inwards to the literals; the same for the same condition, which is its negation in turn. */
export function not(condition: Condition): Condition {
  const known = negations.get(condition);
  if (known !== undefined) return known;
  const result = negation(condition);
  negations.set(condition, result);
  if (condition.op !== 'not' && !negations.has(result)) negations.set(result, condition);
  return result;
}
const negations = new WeakMap<Condition, Condition>();

function negation(condition: Condition): Condition {
  switch (condition.op) {
    case 'boolean':
      return truth(!condition.value);
    case 'flag':
      return { op: 'not', x: condition };
    case 'not':
      return condition.x;
    case 'and':
      return or(...condition.of.map(not));
    case 'or':
      return and(...condition.of.map(not));
    case '>=':
      return literal('>', negated(condition.x));
    case '>':
      return literal('>=', negated(condition.x));
    case '==':
      return literal('!=', condition.x);
    case '!=':
      return literal('==', condition.x);
  }
}

const DEEPEST = 2000;

export function readTerm(json: unknown, where: string, depth = 0): Term {
  demand(depth < DEEPEST, where, 'the term is nested too deeply');
  if (typeof json === 'string') return number(readRational(json, where));
  const parts = list(json, where);
  const [op, first, second, third] = parts;
  const term = (value: unknown): Term => readTerm(value, where, depth + 1);
  const takes = (size: number): void => {
    demand(parts.length === size + 1, where, `"${String(op)}" takes ${String(size)} operands`);
  };
  switch (op) {
    case 'pi':
      takes(0);
      return pi;
    case 'var':
      takes(1);
      return variable(string(first, where));
    case '+':
    case '*':
      demand(parts.length >= 3, where, `"${op}" takes two operands at least`);
      return { op: op === '+' ? 'sum' : 'product', of: parts.slice(1).map(term) };
    case '^':
      takes(2);
      return power(term(first), readRational(second, where));
    case 'exp':
    case 'log':
      takes(1);
      return { op, x: term(first) };
    case 'if':
      takes(3);
      return select(readCondition(first, where, depth + 1), term(second), term(third));
    default:
      return unexpected(json, 'a term', where);
  }
}

export function readCondition(json: unknown, where: string, depth = 0): Condition {
  demand(depth < DEEPEST, where, 'the condition is nested too deeply');
  if (typeof json === 'boolean') return truth(json);
  const parts = list(json, where);
  const [op, first] = parts;
  const condition = (value: unknown): Condition => readCondition(value, where, depth + 1);
  if (op === 'and' || op === 'or') return { op, of: parts.slice(1).map(condition) };
  demand(parts.length === 2, where, `"${String(op)}" takes one operand`);
  if (op === 'flag') return { op, name: string(first, where) };
  if (op === 'not') return not(condition(first));
  const relation = RELATIONS.find((known) => known === op);
  if (relation === undefined) return unexpected(json, 'a condition', where);
  return literal(relation, readTerm(first, where, depth + 1));
}

export function readLiteral(json: unknown, where: string): Literal {
  const [op, x] = list(json, where);
  const relation = RELATIONS.find((known) => known === op);
  return relation === undefined
    ? unexpected(json, 'a literal', where)
    : { op: relation, x: readTerm(x, where) };
}

export function readRational(json: unknown, where: string): Rational {
  const value = typeof json === 'string' ? read(json) : undefined;
  return value ?? unexpected(json, 'the text of a rational', where);
}

export function readSequent(json: unknown, where: string): Sequent {
  const { variables, given, goal } = fields(json, where);
  const known = each(variables, `${where}.variables`, (one, at) => {
    const { name, integer } = fields(one, at);
    return { name: string(name, at), integer: integer === true };
  });
  const declared = known.map(({ name }) => name);
  if (new Set(declared).size !== declared.length) reject(where, 'a variable is declared twice');
  return {
    declared,
    integers: known.filter(({ integer }) => integer).map(({ name }) => name),
    given: each(given, `${where}.given`, readCondition),
    goal: readCondition(goal, `${where}.goal`),
  };
}

/** A text that is the same for terms that are written alike. */
export const written = (term: Term | Condition): string =>
  JSON.stringify(term, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'n' in value && 'd' in value
      ? text(value as Rational)
      : value,
  );

/** `and` and `or` without what is decided. */
export function joined(op: 'and' | 'or', of: readonly Condition[]): Condition {
  const decisive = op === 'or';
  if (of.some((one) => one.op === 'boolean' && one.value === decisive)) return truth(decisive);
  const open = of.filter((one) => one.op !== 'boolean');
  const [only, second] = open;
  return only === undefined ? truth(!decisive) : second === undefined ? only : { op, of: open };
}

/** For messages: shortened. */
export function shown(term: Term | Condition): string {
  const full = written(term);
  return full.length > 160 ? `${full.slice(0, 157)}...` : full;
}
