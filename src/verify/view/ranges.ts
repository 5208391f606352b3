/**
 * The values that inputs permit of what a claim varies: bounds of its definition, over parameters alone, that hold of every batch
 * that keeps to the domains. They are guessed from the structure of the definition and proved like anything else.
 */
import * as b from '../../proof/build.js';
import type { Obligation } from '../../proof/certificate.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Expr } from '../../ir/expr.js';
import type { DerivedProgram } from '../../ir/program.js';
import { budgetOf, type Budget } from '../budget.js';
import { contextOf as knowing, decide } from '../prover/context.js';
import { enclosing } from '../prover/enclosing.js';
import { distinct as distinctTerms } from '../prover/keys.js';
import { prove } from '../prover/prove.js';
import { substituteIn } from '../prover/substitute.js';
import { hasSelect, variablesOf } from '../prover/walk.js';
import { contextOf, distinct, elementFacts, setFacts, settle } from './known.js';
import { liftFacts, lifts } from './lifts.js';
import { preparing, under } from './opaque.js';
import { ownPlace } from './place.js';
import { readerOf } from './reader.js';
import { narrow, relevant } from './relevant.js';
import { session } from './session.js';
import { viewOf } from './written.js';

/** What every value of a let satisfies. */
export interface Range {
  readonly factsOf: (x: Term) => readonly Condition[];
  readonly obligations: readonly Obligation[];
}
export const NO_RANGE: Range = { factsOf: () => [], obligations: [] };

/** Steps for the range of one let, and for one bound of it. */
const RANGE = 60_000;
const BOUND = 8_000;
/** A definition larger than this is not looked at. */
const MOST_NODES = 400;

interface Remembered {
  readonly range: Range;
  readonly work: number;
}
const remembered = new WeakMap<DerivedProgram, Map<string, Remembered>>();

/** Found once for a program, and paid for by each claim, so that no verdict depends on what was decided before it. */
export function rangeOf(program: DerivedProgram, varied: Expr, budget: Budget): Range {
  if (varied.op !== 'named') return NO_RANGE;
  const known = remembered.get(program) ?? new Map<string, Remembered>();
  remembered.set(program, known);
  const found = known.get(varied.name) ?? once(program, varied.name, varied.x);
  known.set(varied.name, found);
  return budget.spend(found.work) ? found.range : NO_RANGE;
}

function once(program: DerivedProgram, name: string, definition: Expr): Remembered {
  const budget = budgetOf(RANGE);
  const range = under([definition]).size > MOST_NODES ? NO_RANGE : found(program, name, definition, budget);
  return { range, work: Math.min(budget.spent(), RANGE) };
}

function found(program: DerivedProgram, name: string, definition: Expr, budget: Budget): Range {
  const { level } = definition.type;
  if (level === 'peer' || definition.type.kind !== 'real') return NO_RANGE;
  const names = session('');
  const own = ownPlace(level);
  const reader = readerOf(program, names, own, undefined, 1);
  const term = reader.term(preparing(new Set()).closed(definition), own, 1);
  if (!reader.isFinite()) return NO_RANGE;
  // What is assumed is left out: a range is that of all batches that keep to the domains.
  const everywhere = { assumptions: [], copies: 1 };
  settle(reader, everywhere);
  const base = (): readonly Condition[] =>
    distinct([...elementFacts(reader, everywhere), ...setFacts(reader, undefined)]);
  const lifting = { reader, everywhere, prove, budget, isAboutAll: false, sides: [], isOfMeans: true };
  const lifted = lifts(lifting, base);
  const known = distinct([
    ...base(),
    ...lifted.filter(({ part }) => part.set.parent === undefined).flatMap((one) => liftFacts(reader, one)),
  ]);
  const variables = names.declared().flatMap((one) => (one.kind === 'real' ? [one.variable] : []));
  const view = viewOf(reader, new Set(), lifted);
  const params = new Set(program.params.map((one) => one.name));
  const isParam = (one: string): boolean => params.has(one);
  const context = knowing(relevant(known, [term]));

  const facts: { readonly fact: Condition; readonly obligation: Obligation }[] = [];
  const x = b.variable(name);
  type Relation = '>' | '>=';
  const shown = (relation: Relation, side: Side, end: Term): boolean => {
    const beyond = (one: Term): Condition =>
      b.literal(relation, side === 'low' ? b.difference(one, end) : b.difference(end, one));
    const [fact, goal] = [beyond(x), beyond(term)];
    if (decide(knowing([...context.literals, ...facts.map((one) => one.fact)]), fact) === true) return true;
    const given = narrow(relevant(known, [goal]), [goal]);
    const sequent = { variables, given, goal };
    const outcome = prove(sequent, budget.share(BOUND));
    if (!('proof' in outcome)) return false;
    facts.push({
      fact,
      obligation: { kind: 'holds', what: 'range', sequent, proof: outcome.proof, fact, view },
    });
    return true;
  };
  const strongest = (side: Side, end: Term): void => {
    const before = facts.length;
    if (!shown('>=', side, end)) return;
    const weak = facts.length > before ? facts.pop() : undefined;
    if (!shown('>', side, end) && weak !== undefined) facts.push(weak);
  };

  // A mean reaches no further than what it is the mean of.
  const summed = names
    .rests()
    .filter(({ reduce, part }) => reduce === 'sum' && part.set.parent === undefined);
  const reaches = [
    enclosing(term, context, isParam),
    ...summed.map(({ body, part }) => {
      const member = contextOf(reader, everywhere, base(), part.set);
      return enclosing(body, knowing([...member, part.where]), isParam);
    }),
  ];
  for (const side of SIDES) {
    const guesses = [...reaches.map((one) => one[side]), b.zero].filter((one) => one !== undefined);
    const plain = distinctTerms(guesses).filter(
      (one) => !hasSelect(one) && [...variablesOf(one)].every(isParam),
    );
    for (const end of plain.slice(0, MOST_GUESSES)) strongest(side, end);
  }
  return {
    factsOf: (at) => facts.map(({ fact }) => substituteIn(fact, new Map([[name, at]]))),
    obligations: facts.map(({ obligation }) => obligation),
  };
}
type Side = 'low' | 'high';
const SIDES: readonly Side[] = ['low', 'high'];
const MOST_GUESSES = 3;
