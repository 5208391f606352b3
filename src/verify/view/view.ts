/**
 * From a claim over ragged batches to scalar terms at one element: a ladder of views, the most abstract first. Whatever is
 * proved on any of them holds of every batch. `docs/certificates.md`, §3, says how a view reads.
 */
import * as build from '../../proof/build.js';
import type { Family, Lift, Rest, View } from '../../proof/certificate.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import type { Claim } from '../../ir/claim.js';
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { printExpr } from '../../ir/print.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { Budget } from '../budget.js';
import { prove as proveSequent } from '../prover/prove.js';
import { demandsOf, type Demand } from './definedness.js';
import { infinityOf } from './elementwise.js';
import { atCopies, contextOf, distinct, elementFacts, inOrder, setFacts, type Everywhere } from './known.js';
import { liftFacts, lifts, type Lifted, type Prove } from './lifts.js';
import { finestLevel, isFixed, ladderOf, nameOf, partsOf, preparing, under, variableOf } from './opaque.js';
import { ownPlace } from './place.js';
import { readerOf, type Reader } from './reader.js';
import { singleFact, singlesOf, type Single } from './pairs.js';
import { scanFact, scanSigns, scansSeen, type ScanSign } from './scans.js';
import { isPlain, relevant, speaksOfSets } from './relevant.js';
import { session } from './session.js';
import { splitFacts, splitsOf } from './splits.js';

export interface Defined {
  readonly what: string;
  readonly given: readonly Condition[];
  readonly condition: Condition;
}
/** A claim's expressions at its own element. */
export interface Viewed {
  readonly view: View;
  readonly variables: readonly Variable[];
  /**
   * Copies are in order; domains, assumptions, guard and assumption at each copy, what is known of sets and rests, and that
   * the claimed expressions are defined.
   */
  readonly given: readonly Condition[];
  /** Of them, what the claim and its objective assume. */
  readonly hypotheses: readonly Condition[];
  /** A value of the program, of which copy of what is varied. */
  readonly read: (expr: Expr, copy?: number) => Term;
  readonly readCondition: (expr: Expr, copy?: number) => Condition;
  /** What makes the claimed expressions defined, operands before what uses them. None rests on itself or a later one. */
  readonly defined: readonly Defined[];
  /** The same of the minimised values. */
  readonly lossDefined: readonly Defined[];
  /** Parameters, and own values that no model output enters: what the bound of a claim may mention. */
  readonly ownData: ReadonlySet<string>;
  /** What the claim varies. */
  readonly variable: (copy?: number) => Term;
  /** Names whose values change with what is varied: a statement in which it moves must not take them as fixed. */
  readonly moving: ReadonlySet<string>;
}

/** Deeper or larger than this is not looked at. */
const MOST_NODES = 4000;
const DEEPEST = 400;

/** The views of a claim that compares `copies` values of what it varies; 1 where it compares none. */
export function* viewsOf(
  program: DerivedProgram,
  claim: Claim,
  copies: number,
  budget: Budget,
  prove: Prove = proveSequent,
): Generator<Viewed> {
  if (!isReadable([...rootsOf(claim), ...program.assumptions, ...program.losses.map(({ loss }) => loss)]))
    return;
  for (const opaque of ladderOf(program, claim)) {
    const { viewed, reader } = readingOf(program, claim, copies, opaque, budget, prove);
    if (reader.isFinite()) yield viewed;
  }
}

const rootsOf = ({ guard, assuming, statement }: Claim): readonly Expr[] =>
  [...partsOf(statement), guard, assuming].filter((one) => one !== undefined);

function isReadable(roots: readonly Expr[]): boolean {
  if (under(roots).size > MOST_NODES) return false;
  const depths = new Map<Expr, number>();
  const stack = [...roots];
  for (let expr = stack.at(-1); expr !== undefined; expr = stack.at(-1)) {
    const operands = operandsOf(expr);
    const open = operands.filter((one) => !depths.has(one));
    if (open.length > 0) stack.push(...open);
    else {
      depths.set(expr, 1 + Math.max(0, ...operands.map((one) => depths.get(one) ?? 0)));
      stack.pop();
    }
  }
  return Math.max(0, ...depths.values()) <= DEEPEST;
}

/** One view, with what it was read by. */
export interface Reading {
  readonly viewed: Viewed;
  readonly reader: Reader;
}
export function readingOf(
  program: DerivedProgram,
  claim: Claim,
  copies: number,
  opaque: ReadonlySet<string>,
  budget: Budget,
  prove: Prove = proveSequent,
): Reading {
  const { guard, assuming, statement } = claim;
  const prepared = preparing(opaque);
  const variable = variableOf(statement);
  const varied = variable && { name: nameOf(variable), level: levelOf(variable.type.level) };
  const names = session(varied?.name ?? '');
  const own = ownPlace(finestLevel(claim));
  const reader = readerOf(program, names, own, varied, copies);
  const term = (expr: Expr, copy = 1): Term => reader.term(prepared.closed(expr), own, copy);
  const condition = (expr: Expr, copy = 1): Condition => reader.condition(prepared.closed(expr), own, copy);
  const everywhere: Everywhere = { assumptions: program.assumptions.map(prepared.closed), copies };

  for (const part of partsOf(statement))
    for (let copy = 1; copy <= copies; copy += 1) read(part, term, condition, copy);
  if (variable !== undefined) for (let copy = 1; copy <= copies; copy += 1) term(variable, copy);
  const hypotheses = [
    ...everywhere.assumptions.filter(({ type }) => own.elements.has(levelOf(type.level))),
    ...[guard, assuming].flatMap((one) => (one === undefined ? [] : [prepared.closed(one)])),
  ];
  const told = distinct(
    hypotheses.flatMap((one) => atCopies(copies, (copy) => reader.condition(one, own, copy))),
  );
  const bodies = bodiesOf(program, opaque, varied?.name, prepared.written);
  const demands = demandsOf(
    reader,
    partsOf(statement).map(prepared.written),
    copies,
    (name) => bodies.get(name)?.(),
    budget,
  );
  const ofLoss = demandsOf(
    reader,
    program.losses.map(({ loss }) => prepared.written(loss)),
    copies,
    (name) => bodies.get(name)?.(),
    budget,
  );
  scansSeen(reader);
  settle(reader, everywhere);

  const base = (): readonly Condition[] =>
    distinct([
      ...inOrder(reader, copies),
      ...elementFacts(reader, everywhere),
      ...told,
      ...setFacts(reader, undefined),
    ]);
  const sides =
    statement.kind === 'comparison'
      ? [statement.left, statement.right].flatMap((one) => (infinityOf(one) === 0 ? [term(one)] : []))
      : [];
  const lifting = { reader, everywhere, prove, budget, isAboutAll: speaksOfSets(told), sides };
  const found = lifts(lifting, base);
  const signs = scanSigns(lifting, base);
  const singles = singlesOf(lifting, base);
  const known = distinct([
    ...base(),
    ...found.filter(({ part }) => part.set.parent === undefined).flatMap((one) => liftFacts(reader, one)),
    ...signs.map(scanFact),
    ...singles.map((one) => singleFact(reader, one)),
  ]);
  const ofDemand = (what: string, { set, path, condition: goal }: Demand): Defined => {
    // What is known of the elements that hold the member, and of the sets that it holds.
    const inside =
      set === undefined
        ? []
        : found.filter(({ part: { set: of } }) =>
            of.parent === undefined ? false : isWithin(of.parent, set) || isWithin(set, of.parent),
          );
    const context = set === undefined ? known : contextOf(reader, everywhere, known, set);
    const given = distinct([...context, ...inside.flatMap((one) => liftFacts(reader, one)), ...path]);
    return { what, given: relevant(given, [goal, ...path]), condition: goal };
  };
  const claimed = partsOf(statement).flatMap((part) =>
    Array.from({ length: copies }, (_, at) =>
      part.type.kind === 'bool' ? condition(part, at + 1) : term(part, at + 1),
    ),
  );
  const aboutClaim = relevant(known, [...claimed, ...told]);
  const definedHere = demands
    .filter(({ set, condition: goal }) => set === undefined && !isPlain(goal, aboutClaim))
    .map(({ path, condition: goal }) => build.or(...path.map(build.not), goal));
  const viewed: Viewed = {
    view: viewOf(reader, opaque, found, signs, singles),
    variables: names.declared().flatMap((one) => (one.kind === 'real' ? [one.variable] : [])),
    given: distinct([...aboutClaim, ...definedHere]),
    hypotheses: told,
    read: term,
    readCondition: condition,
    defined: demands.map((one) => ofDemand('defined', one)),
    lossDefined: ofLoss.map((one) => ofDemand('loss defined', one)),
    ownData: ownDataOf(program, opaque, varied?.name),
    variable: (copy = 1) => reader.varied(copy),
    moving: new Set(names.declared().flatMap((one) => (one.isMoving ? [one.variable.name] : []))),
  };
  return { viewed, reader };
}

const isWithin = (
  inner: { readonly name: string; readonly parent?: typeof inner } | undefined,
  set: { readonly name: string },
): boolean => inner !== undefined && (inner.name === set.name || isWithin(inner.parent, set));
const levelOf = (level: Expr['type']['level']): 'batch' | 'group' | 'rollout' | 'token' =>
  level === 'peer' ? 'rollout' : level;

function read(
  expr: Expr,
  term: (expr: Expr, copy: number) => Term,
  condition: (expr: Expr, copy: number) => Condition,
  copy: number,
): void {
  if (expr.type.kind === 'bool') condition(expr, copy);
  else term(expr, copy);
}

/** Splits and the facts of members may name more; what they name is there before anything is said of it. */
function settle(reader: Reader, everywhere: Everywhere): void {
  const { session: names } = reader;
  for (let before = -1; before < names.declared().length;) {
    before = names.declared().length;
    for (const set of names.sets()) {
      splitFacts(names, set);
      elementFacts(reader, everywhere, set);
    }
    if (names.sets().length > MOST_SETS) return;
  }
}
const MOST_SETS = 40;

/** The definitions of the lets that are taken as they are, but not of what is varied. */
function bodiesOf(
  program: DerivedProgram,
  opaque: ReadonlySet<string>,
  varied: string | undefined,
  written: (expr: Expr) => Expr,
): ReadonlyMap<string, () => Expr> {
  return new Map(
    program.lets.flatMap(({ name, value }) =>
      opaque.has(name) && name !== varied && value.op === 'named'
        ? [[name, () => written(value.x)] as const]
        : [],
    ),
  );
}

function ownDataOf(
  program: DerivedProgram,
  opaque: ReadonlySet<string>,
  varied: string | undefined,
): ReadonlySet<string> {
  const inputs = program.inputs.filter(({ role }) => role !== 'model');
  const lets = program.lets.filter(({ name, value }) => opaque.has(name) && isFixed(value, varied ?? ''));
  return new Set(
    [...program.params, ...inputs, ...lets].flatMap(({ name }) => (name === varied ? [] : [name])),
  );
}

function viewOf(
  reader: Reader,
  opaque: ReadonlySet<string>,
  found: readonly Lifted[],
  signs: readonly ScanSign[],
  singles: readonly Single[],
): View {
  const { session: names } = reader;
  const families: readonly Family[] = names.parts().map(({ name, set, where, copy }) => ({
    name,
    set: set.name,
    from: set.from,
    to: set.to,
    ...(copy !== undefined && { copy }),
    where,
    ownInside: set.ownInside,
  }));
  const rests: readonly Rest[] = names
    .rests()
    .map(({ name, part, reduce, body }) => ({ name, family: part.name, reduce, body }));
  return {
    opaque: [...opaque].sort(),
    families,
    rests,
    splits: names.sets().flatMap((set) =>
      splitsOf(names, set).map(({ whole, then, else: otherwise, on }) => ({
        family: whole.name,
        on,
        then: then.name,
        else: otherwise.name,
      })),
    ),
    unknowns: [...names.unknowns()].map(([name, { node }]) => ({
      name,
      what: node.op === 'reduce' ? node.reduce : node.op,
      of: printExpr(node, true),
    })),
    lifts: found.map(({ part, relation, weights, constant, by }): Lift => ({
      family: part.name,
      relation,
      weights: weights.map(({ rest, weight }) => ({ rest: rest.name, weight })),
      constant,
      by,
    })),
    ...(signs.length > 0 && {
      scans: signs.map(({ name, set, relation, by }) => ({ name, set: set.name, relation, by })),
    }),
    ...(singles.length > 0 && { singles: singles.map(({ part, by }) => ({ family: part.name, by })) }),
  };
}
