/** Terms and conditions as JSON, and back: the arrays of `docs/certificates.md`. */
import * as build from './build.js';
import { parseRational, rationalText } from './rational.js';
import type { Condition, Relation, Term } from './term.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function termJson(term: Term): Json {
  switch (term.op) {
    case 'number':
      return rationalText(term.value);
    case 'pi':
      return ['pi'];
    case 'variable':
      return ['var', term.name];
    case 'sum':
      return ['+', ...term.terms.map(termJson)];
    case 'product':
      return ['*', ...term.factors.map(termJson)];
    case 'power':
      return ['^', termJson(term.base), rationalText(term.exponent)];
    case 'exp':
    case 'log':
      return [term.op, termJson(term.x)];
    case 'select':
      return ['if', conditionJson(term.if), termJson(term.then), termJson(term.else)];
  }
}

export function conditionJson(condition: Condition): Json {
  switch (condition.op) {
    case 'boolean':
      return condition.value;
    case 'flag':
      return ['flag', condition.name];
    case 'not':
      return ['not', conditionJson(condition.x)];
    case 'and':
      return ['and', ...condition.all.map(conditionJson)];
    case 'or':
      return ['or', ...condition.any.map(conditionJson)];
    case '>=':
    case '>':
    case '==':
    case '!=':
      return [condition.op, termJson(condition.x)];
  }
}

const wrong = (json: Json, what: string): Error =>
  new Error(`expected ${what}, found ${JSON.stringify(json).slice(0, 60)}`);
const parts = (json: Json): readonly Json[] | undefined =>
  Array.isArray(json) ? (json as readonly Json[]) : undefined;

/** Throws an error that names what is no term. */
export function termOf(json: Json): Term {
  if (typeof json === 'string') {
    const value = parseRational(json);
    if (value === undefined) throw wrong(json, 'a rational');
    return build.number(value);
  }
  const [op, first, second, third] = parts(json) ?? [];
  const rest = (parts(json) ?? []).slice(1);
  if (op === 'pi') return build.pi;
  if (op === 'var' && typeof first === 'string') return build.variable(first);
  if (op === '+') return build.sum(...rest.map(termOf));
  if (op === '*') return build.product(...rest.map(termOf));
  if (first === undefined) throw wrong(json, 'a term');
  if (op === 'exp') return build.exp(termOf(first));
  if (op === 'log') return build.log(termOf(first));
  const exponent = typeof second === 'string' ? parseRational(second) : undefined;
  if (op === '^' && exponent !== undefined) return build.power(termOf(first), exponent);
  if (op === 'if' && second !== undefined && third !== undefined)
    return build.select(conditionOf(first), termOf(second), termOf(third));
  throw wrong(json, 'a term');
}

const RELATIONS: readonly unknown[] = ['>=', '>', '==', '!='] satisfies readonly Relation[];
const isRelation = (op: unknown): op is Relation => RELATIONS.includes(op);

/** Throws an error that names what is no condition. */
export function conditionOf(json: Json): Condition {
  if (typeof json === 'boolean') return build.truth(json);
  const [op, first] = parts(json) ?? [];
  const rest = (parts(json) ?? []).slice(1);
  if (op === 'and') return build.and(...rest.map(conditionOf));
  if (op === 'or') return build.or(...rest.map(conditionOf));
  if (op === 'flag' && typeof first === 'string') return build.flag(first);
  if (op === 'not' && first !== undefined) return build.not(conditionOf(first));
  if (isRelation(op) && first !== undefined) return build.literal(op, termOf(first));
  throw wrong(json, 'a condition');
}
