/** A certificate as the JSON that `docs/certificates.md` describes: terms and conditions are arrays, rationals texts. */
import type { Certificate } from './certificate.js';
import { conditionJson, termJson, type Json } from './json.js';
import { rationalText, type Rational } from './rational.js';
import type { Condition, Term } from './term.js';

const TERMS: readonly unknown[] = [
  'number',
  'pi',
  'variable',
  'sum',
  'product',
  'power',
  'exp',
  'log',
  'select',
] satisfies readonly Term['op'][];
const CONDITIONS: readonly unknown[] = [
  '>=',
  '>',
  '==',
  '!=',
  'boolean',
  'flag',
  'not',
  'and',
  'or',
] satisfies readonly Condition['op'][];

// Nothing else in a certificate has an `op`: a batch's members are arrays and numbers.
const isTerm = (value: object): value is Term => 'op' in value && TERMS.includes(value.op);
const isCondition = (value: object): value is Condition => 'op' in value && CONDITIONS.includes(value.op);
const isRational = (value: object): value is Rational => 'n' in value && typeof value.n === 'bigint';

function jsonOf(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object') throw new Error(`internal: a certificate holds a ${typeof value}`);
  if (isTerm(value)) return termJson(value);
  if (isCondition(value)) return conditionJson(value);
  if (isRational(value)) return rationalText(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, jsonOf(member)]));
}

/** Every member of the certificate, under its own name; what reads it is `recheck`. */
export const certificateJson = (certificate: Certificate): Json => jsonOf(certificate);
