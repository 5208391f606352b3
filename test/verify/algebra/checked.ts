/** Whether the independent checker accepts that a derivation closes a sequent. */
import { conditionJson, termJson } from '../../../src/proof/json.js';
import type { Json } from '../../../src/proof/json.js';
import { rationalText } from '../../../src/proof/rational.js';
import type { Rational } from '../../../src/proof/rational.js';
import type { Condition, Term } from '../../../src/proof/term.js';
import type { Derivation } from '../../../src/proof/derivation.js';
import { checkSequent } from '../../../src/recheck/sequent.js';
import type { Outcome } from '../../../src/recheck/sequent.js';
import { variablesOf } from '../../../src/verify/prover/walk.js';
import type { Goal } from './read.js';

const CONDITIONS = ['>=', '>', '==', '!=', 'boolean', 'flag', 'not', 'and', 'or'];

/** A derivation as the JSON that `docs/certificates.md` describes. */
export function derivationJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(derivationJson);
  if (typeof value !== 'object' || value === null) throw new Error(`no JSON: ${String(value)}`);
  if ('op' in value && typeof value.op === 'string')
    return CONDITIONS.includes(value.op) ? conditionJson(value as Condition) : termJson(value as Term);
  if ('n' in value) return rationalText(value as Rational);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, derivationJson(member)]));
}

export function recheck({ given, goal }: Goal, derivation: Derivation): Outcome {
  const names = new Set([goal, ...given].flatMap((one) => [...variablesOf(one)]));
  const sequent = {
    variables: [...names].map((name) => ({ name })),
    given: given.map(conditionJson),
    goal: conditionJson(goal),
  };
  return checkSequent(sequent, derivationJson(derivation));
}
