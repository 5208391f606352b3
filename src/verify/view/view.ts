/**
 * From a claim over ragged batches to scalar terms at one element: a ladder of views, the most abstract first. Whatever is
 * proved on any of them holds of every batch. `docs/certificates.md`, §3, says how a view reads.
 */
import * as build from '../../proof/build.js';
import type { Obligation, View } from '../../proof/certificate.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import type { Claim } from '../../ir/claim.js';
import { paramsOf, type Domain } from '../../base/domain.js';
import { input } from '../../ir/build.js';
import type { Expr, Input } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { Budget } from '../budget.js';
import { prove as proveSequent } from '../prover/prove.js';
import { demandsOf, type Demand } from './definedness.js';
import { infinityOf } from './elementwise.js';
import { isOwnAlone } from './elsewhere.js';
import { imageOf } from './image.js';
import {
  atCopies,
  contextOf,
  distinct,
  elementFacts,
  inOrder,
  setFacts,
  settle,
  type Everywhere,
} from './known.js';
import { liftFacts, lifts, type Prove } from './lifts.js';
import { namesIn } from './names.js';
import {
  finestLevel,
  isFixed,
  ladderOf,
  nameOf,
  partsOf,
  preparing,
  readsName,
  under,
  variableOf,
} from './opaque.js';
import { ownPlace } from './place.js';
import { NO_RANGE, rangeOf } from './ranges.js';
import { readerOf, type Reader } from './reader.js';
import { singleFact, singlesOf } from './pairs.js';
import { scanFact, scanSigns, scansSeen } from './scans.js';
import { isPlain, relevant, speaksOfSets } from './relevant.js';
import { session } from './session.js';
import { viewOf } from './written.js';

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
  /** Domains of what is varied, or its range, and the domains that it bounds: part of `given`. */
  readonly permitted: readonly Condition[];
  /** What a value of a varied let satisfies if inputs can surely give it; absent where nothing of that kind is known. */
  readonly attainable?: readonly Condition[];
  /** That what is varied keeps to its range. */
  readonly ranges: readonly Obligation[];
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
  const range = variable === undefined ? NO_RANGE : rangeOf(program, variable, budget);
  const varied = variable && {
    name: nameOf(variable),
    level: levelOf(variable.type.level),
    permitted: range.factsOf,
  };
  const names = session(varied?.name ?? '');
  const own = ownPlace(finestLevel(claim));
  const reader = readerOf(program, names, own, varied, copies);
  const term = (expr: Expr, copy = 1): Term => reader.term(prepared.closed(expr), own, copy);
  const condition = (expr: Expr, copy = 1): Condition => reader.condition(prepared.closed(expr), own, copy);
  const everywhere: Everywhere = { assumptions: program.assumptions.map(prepared.closed), copies };

  for (const part of partsOf(statement))
    for (let copy = 1; copy <= copies; copy += 1) read(part, term, condition, copy);
  if (variable !== undefined) for (let copy = 1; copy <= copies; copy += 1) term(variable, copy);
  const bounded = varied === undefined ? [] : boundedBy(program, varied.name);
  for (const one of bounded)
    if (one.role === 'param') for (let copy = 1; copy <= copies; copy += 1) term(one, copy);
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
  const ofHypotheses = demandsOf(
    reader,
    [...program.assumptions, guard, assuming].flatMap((one) =>
      one === undefined || variable === undefined || !readsName(one, nameOf(variable))
        ? []
        : own.elements.has(levelOf(one.type.level))
          ? [prepared.written(one)]
          : [],
    ),
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
  const copiesOfVaried = Array.from({ length: varied === undefined ? 0 : copies }, (_, at) =>
    reader.varied(at + 1),
  );
  const variedNames = new Set(copiesOfVaried.flatMap((one) => [...namesIn(one)]));
  // What bounds the domain of inputs, or is in what is assumed of others, has no more values than all of them leave it.
  const image = variable?.op === 'named' ? imageOf(program, variable.x)?.(reader.varied(1)) : [];
  const isFree = variable === undefined || program.assumptions.every((one) => isOwnAlone(one, variable, own));
  // A hypothesis without a value does not hold.
  const domains = names.declared().flatMap(({ facts }) => facts);
  const isValued = ofHypotheses.every(({ path, condition: goal }) => isPlain(goal, [...domains, ...path]));
  const attainable = !isFree || !isValued || bounded.some(({ role }) => role !== 'param') ? undefined : image;
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
    permitted: domains.filter((one) => [...namesIn(one)].some((name) => variedNames.has(name))),
    ...(attainable !== undefined && { attainable }),
    ranges: range.obligations,
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

/** The parameters and inputs whose domains end at a parameter. */
function boundedBy({ params, inputs }: DerivedProgram, name: string): readonly Input[] {
  const ends = ({ domain }: { readonly domain?: Domain }): boolean =>
    domain !== undefined && paramsOf(domain).includes(name);
  return [
    ...params.filter(ends).map((one) => input('param', one.name, 'batch')),
    ...inputs.filter(ends).map((one) => input(one.role, one.name, one.level)),
  ];
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
