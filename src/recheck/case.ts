/** One claim under check: what is known of it in a view, and the obligations of its certificate, each of which is used once. */
import { extended, type Context } from './context.js';
import { definedness } from './derivative.js';
import { areEqual, implies } from './implies.js';
import { each, type Fields } from './json.js';
import { demand, reject } from './rejection.js';
import { proveSequent } from './sequent.js';
import * as t from './term.js';
import {
  not,
  readCondition,
  readSequent,
  readTerm,
  type Condition,
  type Sequent,
  type Term,
} from './term.js';
import { mentions, namesIn } from './variables.js';
import { type Demand } from './reading/definedness.js';
import { elementFacts, integersOf } from './reading/facts.js';
import type { MemberSet } from './reading/members.js';
import { type Reader } from './reading/reader.js';
import { type Said } from './reading/statement.js';
import type { Truth } from './reading/tree.js';

/** What is known of a claim in a view, and which obligations have been called for. */
export interface Case {
  readonly reader: Reader;
  readonly said: Said;
  readonly context: Context;
  /** What is known of a generic member beyond that. */
  readonly memberOf: (set: MemberSet) => readonly Condition[];
  /** Guard, assumption and what the objective assumes of own elements. */
  readonly assuming: readonly Truth[];
  /** The same at each copy. */
  readonly hypotheses: readonly Condition[];
  /** What makes the claimed, and the minimised, values defined. */
  readonly demands: readonly Demand[];
  readonly ofLosses: readonly Demand[];
  readonly moving: ReadonlySet<string>;
  readonly obligations: readonly Obligation[];
}
export interface Obligation {
  readonly json: Fields;
  readonly where: string;
  readonly kind: 'holds' | 'tends' | 'continuous' | 'nowhere zero';
  readonly what: string;
  isUsed: boolean;
}
export const KINDS = ['holds', 'tends', 'continuous', 'nowhere zero'] as const;

/** Whether an obligation's statement, where its hypotheses follow from a context, gives a condition. */
export function gives(
  { json, where }: Obligation,
  context: Context,
  condition: Condition,
  reader: Reader,
): boolean {
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  if (!implies(extended(context, sequent.goal), condition)) return false;
  return areWhole(sequent, reader) && sequent.given.every((one) => implies(context, one));
}
export const areWhole = ({ integers }: Sequent, reader: Reader): boolean => {
  const known = new Set(integersOf(reader));
  return integers.every((name) => known.has(name));
};

/** Checks the derivation of an obligation once, and marks it. */
export function use(obligation: Obligation, context: Context, condition: Condition, reader: Reader): void {
  const { json, where } = obligation;
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  demand(
    areWhole(sequent, reader),
    `${where}.sequent.variables`,
    'a variable is declared a whole number that need not be one',
  );
  sequent.given.forEach((one, at) => {
    demand(
      implies(context, one),
      `${where}.sequent.given[${String(at)}]`,
      `this is not given: ${t.shown(one)}`,
    );
  });
  demand(
    implies(extended(context, sequent.goal), condition) || areSame(context, sequent.goal, condition),
    `${where}.sequent.goal`,
    `the claim asks for something else: ${t.shown(condition)}`,
  );
  if (!obligation.isUsed) proveSequent(sequent, json['proof'], `${where}.proof`);
  obligation.isUsed = true;
}

/** Whether two literals say the same of terms that are equal: over common denominators, which signs alone do not show. */
const areSame = (context: Context, a: Condition, b: Condition): boolean =>
  t.isLiteral(a) && t.isLiteral(b) && a.op === b.op && areEqual(context, a.x, b.x);

/** The obligation of a kind that the statement calls for next. */
export function next({ obligations }: Case, kind: Obligation['kind'], what: string): Obligation {
  const found = obligations.find((one) => one.kind === kind && one.what === what && !one.isUsed);
  return found ?? reject('obligations', `there is no obligation "${what}" of the kind "${kind}"`);
}
export function mustHold(it: Case, what: string, goal: Condition): void {
  use(next(it, 'holds', what), it.context, goal, it.reader);
}

/** What a statement about a moving variable may take as fixed: nothing that moves with it. */
export function demandFixed({ moving }: Case, where: string, ...parts: readonly (Term | Condition)[]): void {
  for (const part of parts)
    for (const name of namesIn(part)) demand(!moving.has(name), where, `${name} moves with the variable`);
}
export const variableName = ({ reader }: Case, copy = 1): string =>
  [...namesIn(reader.variable(copy))][0] ?? '';

/** The given of a statement about a moving variable: each follows, and takes nothing as fixed that moves. */
export function givenOf(it: Case, { json, where }: Obligation): readonly Condition[] {
  const given = each(json['given'], `${where}.given`, (one, at) => readCondition(one, at));
  given.forEach((one, at) => {
    demandFixed(it, `${where}.given[${String(at)}]`, one);
    demand(implies(it.context, one), `${where}.given[${String(at)}]`, `this is not given: ${t.shown(one)}`);
  });
  return given;
}

/** That the certificate's form of a term is the claim's, and is defined wherever that is spoken of. */
export function sameFunction(it: Case, obligation: Obligation, mine: Term): Term {
  const { json, where } = obligation;
  const term = readTerm(json['term'], `${where}.term`);
  demandFixed(it, `${where}.term`, term, ...it.hypotheses);
  demand(
    json['variable'] === variableName(it),
    `${where}.variable`,
    'the statement is about another variable',
  );
  demand(areEqual(it.context, term, mine), `${where}.term`, 'the claim speaks of another term');
  const check = (one: Term, context: Context): void => {
    if (one.op === 'select') {
      const decided = context.normal.truthOf(one.if);
      checkCondition(one.if, context);
      if (decided !== false) check(one.then, extended(context, one.if));
      if (decided !== true) check(one.else, extended(context, not(one.if)));
      return;
    }
    if (one.op === 'sum' || one.op === 'product')
      one.of.forEach((part) => {
        check(part, context);
      });
    if (one.op === 'exp' || one.op === 'log') check(one.x, context);
    if (one.op === 'power') check(one.base, context);
    const needed =
      one.op === 'power' && one.exponent.d !== 1n && one.exponent.n > 0n
        ? t.literal('>=', one.base)
        : definedness(one);
    demand(
      needed === undefined || implies(context, needed),
      `${where}.term`,
      `it is not given that ${t.shown(needed ?? one)}`,
    );
  };
  const checkCondition = (condition: Condition, context: Context): void => {
    if (condition.op === 'not') checkCondition(condition.x, context);
    else if (condition.op === 'and' || condition.op === 'or') {
      let here = context;
      for (const part of condition.of) {
        checkCondition(part, here);
        here = extended(here, condition.op === 'and' ? part : not(part));
      }
    } else if (t.isLiteral(condition)) check(condition.x, context);
  };
  check(term, it.context);
  return term;
}

/** The declared domain of what is varied, and of what it bounds. */
export const domainsOf = ({ reader }: Case, name: string): readonly Condition[] =>
  elementFacts(reader).filter(
    (one) => mentions(one, name) && !reader.sums().some(({ condition }) => condition === one),
  );
