/** Terms in decimals of any precision: the oracle of tests about terms. Where an operation has no value, NaN. */
import { Decimal } from 'decimal.js';
import type { Condition, Term } from '../../src/proof/term.js';

export interface Env {
  readonly variables: ReadonlyMap<string, Decimal>;
  readonly flags?: ReadonlyMap<string, boolean>;
}

const known = new WeakMap<Env, Map<Term, Decimal>>();

/** The value of a term; parts that are shared are computed once. */
export function decimalOf(term: Term, env: Env): Decimal {
  const values = known.get(env) ?? new Map<Term, Decimal>();
  known.set(env, values);
  const value = values.get(term) ?? computed(term, env);
  values.set(term, value);
  return value;
}

function computed(term: Term, env: Env): Decimal {
  const of = (one: Term): Decimal => decimalOf(one, env);
  switch (term.op) {
    case 'number':
      return new Decimal(term.value.n.toString()).div(term.value.d.toString());
    case 'pi':
      return Decimal.acos(-1);
    case 'variable':
      return env.variables.get(term.name) ?? new Decimal(NaN);
    case 'sum':
      return term.terms.map(of).reduce((a, b) => a.plus(b));
    case 'product':
      return term.factors.map(of).reduce((a, b) => a.times(b));
    case 'power': {
      const base = of(term.base);
      const { n, d } = term.exponent;
      if (d !== 1n && base.isNegative() && !base.isZero()) return new Decimal(NaN);
      if (base.isZero() && n < 0n) return new Decimal(NaN);
      return d === 1n ? base.pow(Number(n)) : base.pow(new Decimal(n.toString()).div(d.toString()));
    }
    case 'exp':
      return of(term.x).exp();
    case 'log': {
      const x = of(term.x);
      return x.greaterThan(0) ? x.ln() : new Decimal(NaN);
    }
    case 'select':
      return of(holdsAt(term.if, env) ? term.then : term.else);
  }
}

export function holdsAt(condition: Condition, env: Env): boolean {
  switch (condition.op) {
    case 'boolean':
      return condition.value;
    case 'flag':
      return env.flags?.get(condition.name) ?? false;
    case 'not':
      return !holdsAt(condition.x, env);
    case 'and':
      return condition.all.every((one) => holdsAt(one, env));
    case 'or':
      return condition.any.some((one) => holdsAt(one, env));
    case '>=':
      return decimalOf(condition.x, env).greaterThanOrEqualTo(0);
    case '>':
      return decimalOf(condition.x, env).greaterThan(0);
    case '==':
      return decimalOf(condition.x, env).isZero();
    case '!=':
      return !decimalOf(condition.x, env).isZero();
  }
}
