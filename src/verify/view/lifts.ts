/** Facts of rests, from facts of what is summed that hold for each member. */
import * as build from '../../proof/build.js';
import { MINUS_ONE, ONE, opposite, signOf } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Condition, Literal, Sequent, Term, Variable } from '../../proof/term.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Budget } from '../budget.js';
import { enclosing } from '../prover/enclosing.js';
import { contextOf as knowing, decide, extended, type Context } from '../prover/context.js';
import { distinct as distinctTerms } from '../prover/keys.js';
import { endOf } from '../prover/linear.js';
import { resolver, substitute } from '../prover/substitute.js';
import { hasSelect, subparts, variablesOf } from '../prover/walk.js';
import { namesIn } from './names.js';
import { conjunctsOf, type MemberSet, type Part, type PartRest, type Session } from './session.js';
import { contextOf, distinct, membershipFacts, type Everywhere } from './known.js';
import type { Reader } from './reader.js';
import { narrow, relevant } from './relevant.js';

export type Prove = (
  sequent: Sequent,
  budget: Budget,
) => { readonly proof: Derivation } | { readonly stuck: unknown };

interface Weighted {
  readonly rest: PartRest;
  readonly weight: Term;
}
/** Σ weight·body + constant, at a generic member, stands so to 0. */
export interface Candidate {
  readonly weights: readonly Weighted[];
  readonly constant: Term;
  /** Of an extreme: only so, and not the other way round. */
  readonly isOneSided?: boolean;
  /** Of three copies: that it is strictly so tells nothing more. */
  readonly isOfChords?: boolean;
}
export interface Lifted {
  readonly part: Part;
  readonly weights: readonly Weighted[];
  readonly constant: Term;
  readonly relation: '>=' | '>' | '==';
  readonly by: Derivation;
}

/** Steps for one attempt: at a sum, and at an extreme or a chord, of which fewer are guessed. */
const ATTEMPT = 20_000;
const ATTEMPT_AT_FEW = 60_000;

export interface Lifting {
  readonly reader: Reader;
  readonly everywhere: Everywhere;
  readonly prove: Prove;
  readonly budget: Budget;
  /** Whether a hypothesis says something of all members of a set. */
  readonly isAboutAll: boolean;
  /** What the claim compares: extremes may be no further out. */
  readonly sides: readonly Term[];
  /** Whether sums are compared with as many ends of what is summed: how far a mean can reach. */
  readonly isOfMeans?: boolean;
}

/** All that can be shown, innermost sets first; each may rest on those before it. */
export function lifts(lifting: Lifting, base: () => readonly Condition[]): readonly Lifted[] {
  const { session } = lifting.reader;
  const found: Lifted[] = [];
  const depth = (set: MemberSet): number => (set.parent === undefined ? 0 : 1 + depth(set.parent));
  const sets = [...session.sets()].sort((a, b) => depth(b) - depth(a));
  const variables = session.declared().flatMap(({ variable, kind }) => (kind === 'real' ? [variable] : []));
  for (const set of sets)
    for (const ofSums of [true, false])
      for (const part of session.parts().filter((one) => one.set === set)) {
        const rests = session
          .rests()
          .filter((rest) => rest.part === part && (rest.reduce === 'sum') === ofSums);
        const isProper = ofSums && part.where.op !== 'boolean';
        if (rests.length === 0 && !isProper) continue;
        // Extremes may be compared with sums over the same set.
        const isKnown = (one: Lifted): boolean =>
          isInside(one.part.set, set) || (!ofSums && one.part.set.parent === set.parent);
        const context = distinct([
          ...contextOf(lifting.reader, lifting.everywhere, base(), set),
          ...conjunctsOf(part.where),
          ...found.filter(isKnown).flatMap((one) => liftFacts(lifting.reader, one)),
        ]);
        const bodies = rests.map(({ body }) => body);
        // What is said of all members speaks of each through the parts that it is, or is not, of.
        const membership = lifting.isAboutAll ? membershipFacts(lifting.reader, set) : [];
        const compared = ofSums ? [] : lifting.sides;
        const given = relevant(context, [part.where, ...bodies, ...membership, ...compared]);
        const known = knowing(given);
        const never = isProper ? nobody(lifting, part, { given, known, variables }) : [];
        found.push(...never);
        if (never.length > 0) continue;
        const all = ofSums
          ? [
              ...candidates(lifting.reader, rests, known),
              ...(lifting.isOfMeans === true
                ? rests.flatMap((rest) => beyondMembers(rest, extended(known, part.where), []))
                : []),
            ]
          : rests.flatMap((rest) => beyondMembers(rest, extended(known, part.where), compared));
        for (const candidate of all)
          found.push(...shown(lifting, part, candidate, { given, known, variables }));
      }
  return found;
}
const isInside = (set: MemberSet, outer: MemberSet): boolean =>
  set.parent !== undefined && (set.parent === outer || isInside(set.parent, outer));

/** What a lift says of the rests. */
export function liftFacts(
  { session }: Reader,
  { part, weights, constant, relation }: Lifted,
): readonly Condition[] {
  const count = session.countOf(part);
  const isExtreme = weights.some(({ rest }) => rest.reduce !== 'sum');
  const isOutward = relation !== '==' && weights.some(isOuter) && !rangesOver(session, constant);
  const total = build.sum(
    ...weights.map(({ rest, weight }) => build.product(weight, build.variable(rest.name))),
    isExtreme ? constant : build.product(constant, count),
  );
  const isNever = part.where.op === 'boolean' && !part.set.ownInside && part.set.from !== 'peer';
  const ofSome = (one: Condition): Condition => (isNever ? one : build.or(build.literal('==', count), one));
  if (isExtreme) return [isOutward ? build.literal(relation, total) : ofSome(build.literal(relation, total))];
  if (relation !== '>') return [build.literal(relation, total)];
  return [build.literal('>=', total), ofSome(build.literal('>', total))];
}

/** On its outer side an extreme is held whether there are members or not: of none, it is any number that is far enough inside. */
const isOuter = ({ rest: { reduce }, weight }: Weighted): boolean =>
  weight.op === 'number' && signOf(weight.value) === (reduce === 'max' ? -1 : reduce === 'min' ? 1 : 0);

/** Whether extremes of others enter a value: of no members, one must not be chosen by another. */
function rangesOver(session: Session, one: Term | Condition): boolean {
  return [...namesIn(one)].some((name) => {
    const rest = session.rests().find((found) => found.name === name);
    if (rest !== undefined)
      return rest.reduce !== 'sum' || rangesOver(session, rest.body) || rangesOver(session, rest.part.where);
    const part = session.parts().find((found) => `${found.name}:count` === name);
    return part !== undefined && rangesOver(session, part.where);
  });
}

interface Background {
  readonly given: readonly Condition[];
  readonly known: Context;
  readonly variables: readonly Variable[];
}
/** The negation of what is plain to see leaves no sign to its term. */
const PLAIN: Derivation = { rule: 'absurd' };

/**
 * The strongest relation that can be shown: with what speaks of the same sets; where hypotheses speak of all members, with
 * everything.
 */
function shown(
  { prove, budget, isAboutAll }: Lifting,
  part: Part,
  { weights, constant, isOneSided = false, isOfChords = false }: Candidate,
  { given, known, variables }: Background,
): readonly Lifted[] {
  const member = build.sum(...weights.map(({ rest, weight }) => build.product(weight, rest.body)), constant);
  const few = narrow(given, [member]);
  const all = isAboutAll && few.length < given.length ? [few, given] : [few];
  const attempt = (
    relation: Lifted['relation'],
    sign: Rational,
    contexts: readonly (readonly Condition[])[] = all,
  ): Shown | undefined => {
    const goal = build.literal(relation, build.product(build.number(sign), member));
    const scaled = (term: Term): Term => build.product(build.number(sign), term);
    const lifted = (by: Derivation): Lifted => ({
      part,
      weights: weights.map(({ rest, weight }) => ({ rest, weight: scaled(weight) })),
      constant: scaled(constant),
      relation,
      by,
    });
    if (decide(known, goal) === true) return { lifted: lifted(PLAIN), contexts };
    for (const context of contexts) {
      if (!budget.spend(1)) return undefined;
      const outcome = prove(
        { variables, given: context, goal },
        budget.share(isOneSided || isOfChords ? ATTEMPT_AT_FEW : ATTEMPT),
      );
      if ('proof' in outcome) return { lifted: lifted(outcome.proof), contexts: [context] };
    }
    return undefined;
  };
  for (const sign of isOneSided ? [ONE] : [ONE, MINUS_ONE]) {
    const weak = attempt('>=', sign);
    if (weak === undefined) continue;
    const strict = isOfChords ? undefined : attempt('>', sign, weak.contexts);
    const stronger = strict ?? (isOneSided ? undefined : attempt('==', sign, weak.contexts));
    return [(stronger ?? weak).lifted];
  }
  return [];
}
/** A lift, and the contexts in which stronger ones are worth trying. */
interface Shown {
  readonly lifted: Lifted;
  readonly contexts: readonly (readonly Condition[])[];
}

/** No member satisfies a part's condition: −1 ≥ 0 holds of each, and so −count ≥ 0. */
function nobody({ prove, budget }: Lifting, part: Part, { given, variables }: Background): readonly Lifted[] {
  const outcome = prove({ variables, given, goal: build.truth(false) }, budget.share(EMPTY));
  if (!('proof' in outcome)) return [];
  return [{ part, weights: [], constant: build.number(-1), relation: '>=', by: outcome.proof }];
}
const EMPTY = 2000;

function candidates(reader: Reader, rests: readonly PartRest[], known: Context): readonly Candidate[] {
  const alone = rests.flatMap((rest) => [
    { weights: [{ rest, weight: build.one }], constant: build.zero },
    ...[...boundsOf(rest), ...turnsOf(rest, known)].map((constant) => ({
      weights: [{ rest, weight: build.one }],
      constant,
    })),
  ]);
  return [...alone, ...acrossCopies(reader, rests)];
}

/**
 * An extreme is some member's value: what is beyond every member's is beyond it. Guesses are the ends that the body's structure
 * shows, and what the claim compares with.
 */
function beyondMembers(rest: PartRest, known: Context, sides: readonly Term[]): readonly Candidate[] {
  const { prefix } = rest.part.set;
  const isAllowed = (name: string): boolean => !name.startsWith(prefix) && name !== rest.name;
  const isFixed = (one: Term): boolean => [...variablesOf(one)].every(isAllowed);
  const { low, high } = enclosing(rest.body, known, isAllowed);
  const beyond = (sign: Rational, ends: readonly (Term | undefined)[]): readonly Candidate[] =>
    ends.flatMap((end) => {
      if (end === undefined || !isFixed(end)) return [];
      const [weight, back] = [build.number(sign), build.number(opposite(sign))];
      return [{ weights: [{ rest, weight }], constant: build.product(back, end), isOneSided: true }];
    });
  const [below, above] = rest.reduce === 'max' ? [[], sides] : [sides, []];
  return [...beyond(ONE, [low, ...below]), ...beyond(MINUS_ONE, [high, ...above])];
}

/** Bodies are often shares: no more than 1. */
const boundsOf = ({ body }: PartRest): readonly Term[] => (body.op === 'number' ? [] : [build.number(-1)]);

/**
 * What the body is where a condition on the member turns, if that is the same for all members: a clipped value is no more than
 * that, and no less.
 */
function turnsOf({ body, part: { set, where } }: PartRest, known: Context): readonly Term[] {
  const literals = literalsUnder(where, body);
  if (literals.length === 0) return [];
  const resolve = resolver((one) => decide(known, one));
  const found = [...variablesOf(body)].flatMap((name) =>
    literals.flatMap((one) => {
      const end = name.startsWith(set.prefix) && !hasSelect(one) ? endOf(one, name) : undefined;
      const value = end && resolve.term(substitute(body, new Map([[name, end.at]])));
      return value === undefined || hasSelect(value) ? [] : [build.negated(value)];
    }),
  );
  const isFixed = (term: Term): boolean =>
    ![...variablesOf(term)].some((name) => name.startsWith(set.prefix));
  return distinctTerms(found.filter(isFixed)).slice(0, MOST_TURNS);
}
const MOST_TURNS = 4;
const literalsUnder = (...parts: readonly (Term | Condition)[]): readonly Literal[] =>
  subparts(...parts).flatMap((part) =>
    part.op === '>=' || part.op === '>' || part.op === '==' || part.op === '!=' ? [part] : [],
  );

/** The same body at several copies of what is varied: in order, and convex. */
function acrossCopies(reader: Reader, rests: readonly PartRest[]): readonly Candidate[] {
  const groups = copiesOfBodies(reader, rests);
  return groups.flatMap((copies) => {
    const [first, second, third] = copies;
    if (first === undefined || second === undefined) return [];
    const step = (from: PartRest, to: PartRest): Candidate => ({
      weights: [
        { rest: to, weight: build.one },
        { rest: from, weight: build.number(-1) },
      ],
      constant: build.zero,
    });
    if (third === undefined) return [step(first, second)];
    const gap = (high: number, low: number): Term =>
      build.difference(reader.varied(high), reader.varied(low));
    const convex: Candidate = {
      weights: [
        { rest: first, weight: gap(3, 2) },
        { rest: third, weight: gap(2, 1) },
        { rest: second, weight: build.negated(gap(3, 1)) },
      ],
      constant: build.zero,
      isOfChords: true,
    };
    return [step(first, second), step(second, third), convex];
  });
}

/** Rests whose bodies differ in the copy alone, in order of copies. */
function copiesOfBodies(reader: Reader, rests: readonly PartRest[]): readonly (readonly PartRest[])[] {
  const groups = new Map<string, PartRest[]>();
  for (const rest of rests) {
    if (!reader.session.isMoving(rest.body)) continue;
    const key = reader.withoutCopies(rest.body);
    groups.set(key, [...(groups.get(key) ?? []), rest]);
  }
  return [...groups.values()].map((group) =>
    [...group].sort((a, b) => (reader.copyIn(a.body) < reader.copyIn(b.body) ? -1 : 1)),
  );
}
