/**
 * A proved claim (§3): reads it in the certificate's view, works out which statements it comes down to, and demands for each an
 * obligation of the certificate that gives it, whose hypotheses follow from what is given here, and whose derivation is right.
 */
import { extended, type Context } from './context.js';
import type { Certificate } from './certificate.js';
import { definedness, derivative, jointsOf } from './derivative.js';
import { checkDerivation } from './derivation.js';
import { areEqual, implies } from './implies.js';
import { each, fields, list, oneOf, string, type Fields } from './json.js';
import { demand, reject } from './rejection.js';
import { CONTRADICTION, type LimitValue, type Toward } from './rules/rule.js';
import { proveSequent } from './sequent.js';
import * as t from './term.js';
import { not, readCondition, readSequent, readTerm, type Condition, type Sequent, type Term } from './term.js';
import { mentions, namesIn, substituted } from './variables.js';
import { demandsOf, type Demand } from './reading/definedness.js';
import {
  atCopies, contextWith, elementFacts, integersOf, liftFacts, memberFacts, movingNames, setFacts,
} from './reading/facts.js';
import type { MemberSet } from './reading/members.js';
import type { Objective } from './reading/objective.js';
import { ownPlace } from './reading/place.js';
import { readerFor, type Reader } from './reading/reader.js';
import { partsOf, statementOf, type Said, type Statement } from './reading/statement.js';
import { isTruth, postOrder, type Node, type Number_ } from './reading/tree.js';
import { readView } from './reading/view.js';

/** What is known of a claim in a view, and which obligations have been called for. */
interface Case {
  readonly reader: Reader;
  readonly said: Said;
  readonly context: Context;
  /** Guard, assumption and what the objective assumes, at each copy. */
  readonly hypotheses: readonly Condition[];
  /** What makes the claimed, and the minimised, values defined. */
  readonly demands: readonly Demand[];
  readonly ofLosses: readonly Demand[];
  readonly moving: ReadonlySet<string>;
  readonly obligations: readonly Obligation[];
}
interface Obligation {
  readonly json: Fields;
  readonly where: string;
  readonly kind: 'holds' | 'tends' | 'continuous' | 'nowhere zero';
  readonly what: string;
  isUsed: boolean;
}
const KINDS = ['holds', 'tends', 'continuous', 'nowhere zero'] as const;

export function checkProof(objective: Objective, certificate: Certificate): void {
  const claim = objective.claims[certificate.claim] ?? reject('claim', 'the objective has no such claim');
  const said = statementOf(claim);
  const obligations = each(certificate.obligations, 'obligations', (json, where): Obligation => {
    const one = fields(json, where);
    return { json: one, where, kind: oneOf(one['kind'], KINDS, `${where}.kind`), what: string(one['what'], `${where}.what`), isUsed: false };
  });
  if (said.statement.kind === 'independent') checkIndependent(said);
  const view = readView(certificate.view, 'view');
  const copies = copiesOf(said.statement, obligations);
  const reader = readerFor(objective, view, ownPlace(said.level), said.varied, copies);
  const it = readAll(reader, said, claim.hypotheses, obligations);
  const defined = checkDefined(it, it.demands, 'defined');
  checkDefined(it, it.ofLosses, 'loss defined');
  checkStatement({ ...it, context: defined }, certificate);
  for (const one of obligations) if (!one.isUsed && DEFINED.includes(one.what)) checkSpare(one);
  const unused = obligations.find(({ isUsed }) => !isUsed);
  demand(unused === undefined, unused?.where ?? '', 'the claim does not call for this obligation');
}

/** That what follows from signs alone is defined needs no obligation here, but may have one. */
const DEFINED = ['defined', 'loss defined'];
function checkSpare(one: Obligation): void {
  demand(one.kind === 'holds', `${one.where}.kind`, 'that something is defined is a sequent');
  proveSequent(readSequent(one.json['sequent'], `${one.where}.sequent`), one.json['proof'], `${one.where}.proof`);
  one.isUsed = true;
}

function copiesOf({ kind }: Statement, obligations: readonly Obligation[]): number {
  if (kind === 'monotone' || kind === 'constant' || kind === 'lipschitz') return 2;
  if (kind === 'convex') return obligations.some((one) => one.kind === 'continuous') ? 2 : 3;
  return 1;
}

function checkIndependent({ statement, varied }: Said): void {
  if (statement.kind !== 'independent' || varied === undefined) return;
  demand(!postOrder(statement.of).includes(varied.node), 'claim', `there is a path from ${varied.name}`);
}

/** Reads everything, so that all sets are known, and then collects what is given. */
function readAll(
  reader: Reader,
  said: Said,
  claimed: Objective['claims'][number]['hypotheses'],
  obligations: readonly Obligation[],
): Case {
  const { own, objective, copies } = reader;
  for (let copy = 1; copy <= copies; copy += 1)
    for (const part of partsOf(said.statement)) readPart(reader, part, copy);
  // What is read to see that values are defined names further sets, of which facts are known.
  const demands = demandsOf(reader, partsOf(said.statement));
  const ofLosses = demandsOf(reader, objective.losses);
  const assumed = objective.assumptions.filter(({ level }) => level !== 'peer' && own.elements.has(level));
  const hypotheses = [...assumed, ...claimed].flatMap((one) => atCopies(reader, one, own));
  const base = (): readonly Condition[] => [...elementFacts(reader), ...hypotheses, ...setFacts(reader, undefined)];
  const lifted = liftFacts(reader, base());
  const context = contextWith(reader, ...base(), ...lifted(undefined));
  return { reader, said, context, hypotheses, demands, ofLosses, moving: movingNames(reader), obligations };
}
function readPart(reader: Reader, part: Node, copy: number): void {
  if (isTruth(part)) reader.condition(part, reader.own, copy);
  else if (part.op !== 'infinity') reader.term(part, reader.own, copy);
}

/** That values are defined: each demand follows, or an obligation says so; what is shown can be used by the next. */
function checkDefined(it: Case, demands: readonly Demand[], what: string): Context {
  const { reader } = it;
  let context = it.context;
  const shown = new Map<string, Condition[]>();
  for (const { set, path, condition } of demands) {
    const here = set === undefined ? context : memberContext(reader, context, set, shown.get(set.prefix) ?? []);
    const at = extended(here, ...path);
    if (!implies(at, condition)) {
      const found = it.obligations.find((one) => one.what === what && one.kind === 'holds' && gives(one, at, condition, reader));
      if (found === undefined) reject('obligations', `no obligation says that ${what === 'defined' ? 'the claim' : 'the loss'} is defined: ${t.shown(condition)}`);
      else use(found, at, condition, reader);
    }
    const fact = t.or(...path.map(not), condition);
    if (set === undefined) context = extended(context, fact);
    else shown.set(set.prefix, [...(shown.get(set.prefix) ?? []), fact]);
  }
  return context;
}
const memberContexts = new WeakMap<object, Context>();
function memberContext(reader: Reader, context: Context, set: MemberSet, shown: readonly Condition[]): Context {
  const known = shown.length === 0 ? memberContexts.get(set) : undefined;
  const found = known ?? extended(contextWith(reader), ...context.conditions, ...memberFacts(reader, set), ...shown);
  if (shown.length === 0) memberContexts.set(set, found);
  return found;
}

/** Whether an obligation's statement, where its hypotheses follow from a context, gives a condition. */
function gives({ json, where }: Obligation, context: Context, condition: Condition, reader: Reader): boolean {
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  if (!implies(extended(context, sequent.goal), condition)) return false;
  return areWhole(sequent, reader) && sequent.given.every((one) => implies(context, one));
}
const areWhole = ({ integers }: Sequent, reader: Reader): boolean => {
  const known = new Set(integersOf(reader));
  return integers.every((name) => known.has(name));
};

/** Checks the derivation of an obligation once, and marks it. */
function use(obligation: Obligation, context: Context, condition: Condition, reader: Reader): void {
  const { json, where } = obligation;
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  demand(areWhole(sequent, reader), `${where}.sequent.variables`, 'a variable is declared a whole number that need not be one');
  sequent.given.forEach((one, at) => {
    demand(implies(context, one), `${where}.sequent.given[${String(at)}]`, `this is not given: ${t.shown(one)}`);
  });
  demand(implies(extended(context, sequent.goal), condition), `${where}.sequent.goal`, `the claim asks for something else: ${t.shown(condition)}`);
  if (!obligation.isUsed) proveSequent(sequent, json['proof'], `${where}.proof`);
  obligation.isUsed = true;
}

/** The obligation of a kind that the statement calls for next. */
function next({ obligations }: Case, kind: Obligation['kind'], what: string): Obligation {
  const found = obligations.find((one) => one.kind === kind && one.what === what && !one.isUsed);
  return found ?? reject('obligations', `there is no obligation "${what}" of the kind "${kind}"`);
}
function mustHold(it: Case, what: string, goal: Condition): void {
  use(next(it, 'holds', what), it.context, goal, it.reader);
}

function checkStatement(it: Case, certificate: Certificate): void {
  const { statement } = it.said;
  const read = (node: Number_, copy = 1): Term => it.reader.term(node, it.reader.own, copy);
  const x = it.reader.variable;
  switch (statement.kind) {
    case 'independent':
      return;
    case 'comparison':
      return mustHold(it, 'claim', t.literal(statement.op, t.difference(read(statement.left), read(statement.right))));
    case 'monotone': {
      const rise = t.difference(read(statement.of, 2), read(statement.of, 1));
      const isUp = statement.direction === 'nondecreasing' || statement.direction === 'increasing';
      const isStrict = statement.direction === 'increasing' || statement.direction === 'decreasing';
      return mustHold(it, 'claim', t.literal(isStrict ? '>' : '>=', isUp ? rise : t.negated(rise)));
    }
    case 'constant':
      return mustHold(it, 'claim', t.literal('==', t.difference(read(statement.of, 1), read(statement.of, 2))));
    case 'lipschitz': {
      demand(!it.reader.moves(statement.by), 'claim', 'the constant depends on what is varied');
      const most = t.product(read(statement.by), t.difference(x(2), x(1)));
      const rise = t.difference(read(statement.of, 2), read(statement.of, 1));
      return [rise, t.negated(rise)].forEach((one) => { mustHold(it, 'claim', t.literal('>=', t.sum(most, one))); });
    }
    case 'bounded':
      return checkBounded(it, read(statement.of), certificate);
    case 'convex':
      return checkConvex(it, statement.of, read);
    case 'continuous':
      checkContinuous(it, next(it, 'continuous', 'claim'), read(statement.of));
      return;
    case 'nowhere zero':
      return checkNowhereZero(it, read(statement.of));
    case 'extreme':
      return checkExtreme(it, read(statement.of), read(statement.value), statement.isSup);
    case 'limit':
      return checkTends(it, next(it, 'tends', 'claim'), {
        term: read(statement.of),
        value: infinite(statement.limit) ?? read(statement.limit),
        point: infinite(statement.point) ?? read(statement.point),
      });
  }
}
const infinite = (node: Number_): 'inf' | '-inf' | undefined =>
  node.op === 'infinity' ? (node.isNegative ? '-inf' : 'inf') : undefined;

/** The bound is over parameters and own data, or, in x, over anything that x does not move. */
function checkBounded(it: Case, e: Term, certificate: Certificate): void {
  const bound = readTerm(certificate.bound, 'bound');
  const { reader, said, moving } = it;
  const readsModel = (name: string): boolean => {
    const node = reader.objective.names.get(name);
    const models = reader.objective.inputs.filter(({ role }) => role === 'model').map((one) => one.name);
    return node === undefined || postOrder(node).some((one) => one.op === 'input' && models.includes(one.name));
  };
  for (const name of namesIn(bound)) {
    const isAllowed = said.varied === undefined ? !readsModel(name) : name !== said.varied.name && !moving.has(name);
    demand(isAllowed, 'bound', `a bound must not depend on ${name}`);
  }
  for (const side of [t.difference(bound, e), t.sum(bound, e)]) mustHold(it, 'claim', t.literal('>=', side));
}

/** What a statement about a moving variable may take as fixed: nothing that moves with it. */
function demandFixed({ moving }: Case, where: string, ...parts: readonly (Term | Condition)[]): void {
  for (const part of parts)
    for (const name of namesIn(part)) demand(!moving.has(name), where, `${name} moves with the variable`);
}
const variableName = ({ reader }: Case, copy = 1): string => [...namesIn(reader.variable(copy))][0] ?? '';

/** The given of a statement about a moving variable: each follows, and takes nothing as fixed that moves. */
function givenOf(it: Case, { json, where }: Obligation): readonly Condition[] {
  const given = each(json['given'], `${where}.given`, (one, at) => readCondition(one, at));
  given.forEach((one, at) => {
    demandFixed(it, `${where}.given[${String(at)}]`, one);
    demand(implies(it.context, one), `${where}.given[${String(at)}]`, `this is not given: ${t.shown(one)}`);
  });
  return given;
}

/** That the certificate's form of a term is the claim's, and is defined wherever that is spoken of. */
function sameFunction(it: Case, obligation: Obligation, mine: Term): Term {
  const { json, where } = obligation;
  const term = readTerm(json['term'], `${where}.term`);
  demandFixed(it, `${where}.term`, term, mine, ...it.hypotheses);
  demand(json['variable'] === variableName(it), `${where}.variable`, 'the statement is about another variable');
  demand(areEqual(it.context, term, mine), `${where}.term`, 'the claim speaks of another term');
  const check = (one: Term, context: Context): void => {
    if (one.op === 'select') {
      const decided = context.normal.truthOf(one.if);
      checkCondition(one.if, context);
      if (decided !== false) check(one.then, extended(context, one.if));
      if (decided !== true) check(one.else, extended(context, not(one.if)));
      return;
    }
    if (one.op === 'sum' || one.op === 'product') one.of.forEach((part) => { check(part, context); });
    if (one.op === 'exp' || one.op === 'log') check(one.x, context);
    if (one.op === 'power') check(one.base, context);
    const needed = one.op === 'power' && one.exponent.d !== 1n && one.exponent.n > 0n ? t.literal('>=', one.base) : definedness(one);
    demand(needed === undefined || implies(context, needed), `${where}.term`, `it is not given that ${t.shown(needed ?? one)}`);
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

function checkContinuous(it: Case, obligation: Obligation, mine: Term): Term {
  const { json, where } = obligation;
  const term = sameFunction(it, obligation, mine);
  const context = contextWith(it.reader, ...givenOf(it, obligation));
  const joints = jointsOf(term).filter(({ at }) => mentions(at, variableName(it)));
  const proofs = list(json['joined'], `${where}.joined`);
  demand(proofs.length === joints.length, `${where}.joined`, `expected ${String(joints.length)} derivations, found ${String(proofs.length)}`);
  joints.forEach(({ at, difference }, index) => {
    const meeting = extended(context, t.literal('==', at), t.literal('!=', difference));
    checkDerivation(proofs[index], meeting, CONTRADICTION, `${where}.joined[${String(index)}]`);
  });
  obligation.isUsed = true;
  return term;
}

function checkNowhereZero(it: Case, mine: Term): void {
  const obligation = next(it, 'nowhere zero', 'claim');
  const term = sameFunction(it, obligation, mine);
  const context = contextWith(it.reader, ...givenOf(it, obligation));
  const goal = { kind: 'nowhere zero', term, variable: variableName(it) } as const;
  checkDerivation(obligation.json['proof'], context, goal, `${obligation.where}.proof`);
  obligation.isUsed = true;
}

/** Three points on a chord; or a continuous term whose derivative never falls, on an interval without gaps. */
function checkConvex(it: Case, of: Number_, read: (node: Number_, copy?: number) => Term): void {
  const x = it.reader.variable;
  if (it.reader.copies === 3) {
    const [left, right] = [t.difference(x(2), x(1)), t.difference(x(3), x(2))];
    const chord = t.sum(t.product(right, read(of, 1)), t.product(left, read(of, 3)));
    const middle = t.product(t.sum(left, right), read(of, 2));
    return mustHold(it, 'claim', t.literal('>=', t.difference(chord, middle)));
  }
  const [first, second] = [variableName(it), variableName(it, 2)];
  demandNoGaps(it, [first, second]);
  const term = checkContinuous(it, next(it, 'continuous', 'continuous'), read(of, 1));
  const slope = derivative(term, first);
  const later = substituted(slope, first, x(2));
  mustHold(it, 'derivative', t.literal('>=', t.difference(later, slope)));
}
function demandNoGaps({ reader, hypotheses, said }: Case, names: readonly string[]): void {
  const gap = hypotheses.find((one) => names.some((name) => mentions(one, name)));
  demand(gap === undefined, 'claim', 'a hypothesis may leave gaps between values of the variable');
  const declared = reader.objective.inputs.find(({ name }) => name === said.varied?.name);
  const isWhole = declared === undefined || (declared.domain.kind === 'interval' && !declared.isInteger);
  demand(isWhole, 'claim', 'the domain leaves gaps between values of the variable');
}

function checkExtreme(it: Case, e: Term, f: Term, isSup: boolean): void {
  const name = variableName(it);
  demand(!mentions(f, name), 'claim', 'the extreme depends on what is varied');
  demandFixed(it, 'claim', e, f, ...it.hypotheses);
  mustHold(it, 'bound', t.literal('>=', isSup ? t.difference(f, e) : t.difference(e, f)));
  const approached = it.obligations.find((one) => one.kind === 'tends' && one.what === 'approached');
  if (approached !== undefined) checkTends(it, approached, { term: e, value: f });
  else checkAttained(it, next(it, 'holds', 'attained'), e, f);
}

/** At x = t, t free of x, every hypothesis that speaks of x holds, and e is f. */
function checkAttained(it: Case, obligation: Obligation, e: Term, f: Term): void {
  const { json, where } = obligation;
  const name = variableName(it);
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  const isFixed = (one: Condition): boolean => ![...namesIn(one)].some((each_) => each_ === name || it.moving.has(each_));
  const fixed = contextWith(it.reader, ...it.context.conditions.filter(isFixed));
  const sums = it.reader.sums().map(({ condition }) => condition);
  const points = sequent.given.filter((one) => !implies(fixed, one));
  const [point, second] = points;
  const at = point === undefined || second !== undefined ? undefined : pointIn(point, name);
  if (point === undefined || at === undefined) return reject(`${where}.sequent.given`, 'expected what is free of the variable, and one value for it');
  demandFixed(it, `${where}.sequent.given`, at);
  demand(areWhole(sequent, it.reader), `${where}.sequent.variables`, 'a variable is declared a whole number that need not be one');
  const there = extended(fixed, point, ...sums, sequent.goal);
  const asked = [...domainsOf(it, name), ...it.hypotheses.filter((one) => mentions(one, name)), t.literal('==', t.difference(e, f))];
  for (const one of asked) demand(implies(there, one), `${where}.sequent.goal`, `the goal does not say that ${t.shown(one)}`);
  proveSequent(sequent, json['proof'], `${where}.proof`);
  obligation.isUsed = true;
}
/** The t of x − t = 0, as the certificate writes it: x on its own in a sum. */
function pointIn(condition: Condition, name: string): Term | undefined {
  if (condition.op !== '==') return undefined;
  const parts = condition.x.op === 'sum' ? condition.x.of : [condition.x];
  const own = parts.find((one) => one.op === 'variable' && one.name === name);
  const rest = t.sum(...parts.filter((one) => one !== own));
  return own === undefined || mentions(rest, name) ? undefined : t.negated(rest);
}
/** The declared domain of what is varied, and of what it bounds. */
const domainsOf = ({ reader }: Case, name: string): readonly Condition[] =>
  elementFacts(reader).filter((one) => mentions(one, name) && !reader.sums().some(({ condition }) => condition === one));

interface Tending {
  readonly term: Term;
  readonly value: LimitValue;
  /** Where the claim says so; a supremum may be approached anywhere. */
  readonly point?: LimitValue;
}
function checkTends(it: Case, obligation: Obligation, { term: mine, value, point }: Tending): void {
  const { json, where } = obligation;
  const name = variableName(it);
  const term = readTerm(json['term'], `${where}.term`);
  const stated: LimitValue = json['value'] === 'inf' || json['value'] === '-inf' ? json['value'] : readTerm(json['value'], `${where}.value`);
  demand(json['variable'] === name, `${where}.variable`, 'the statement is about another variable');
  demandFixed(it, where, term, mine, ...(typeof stated === 'string' ? [] : [stated]), ...it.hypotheses);
  demand(areEqual(it.context, term, mine), `${where}.term`, 'the claim speaks of another term');
  demand(sameLimit(it.context, stated, value), `${where}.value`, 'the claim speaks of another limit');
  const toward = readToward(json['toward'], `${where}.toward`);
  demandToward(it, toward, point, `${where}.toward`);
  const context = contextWith(it.reader, ...givenOf(it, obligation));
  const approach = [...domainsOf(it, name), ...it.hypotheses].filter((one) => mentions(one, name));
  const goal = { kind: 'tends', term, variable: name, toward, value: stated, approach } as const;
  checkDerivation(json['proof'], context, goal, `${where}.proof`);
  obligation.isUsed = true;
}
const sameLimit = (context: Context, a: LimitValue, b: LimitValue): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : areEqual(context, a, b);

function readToward(json: unknown, where: string): Toward {
  const { at, side } = fields(json, where);
  if (at === 'inf' || at === '-inf') return { at };
  return { at: readTerm(at, `${where}.at`), side: oneOf(side, ['below', 'above', 'both'], `${where}.side`) };
}

/** From one side alone only where the hypotheses leave no other. */
function demandToward(it: Case, toward: Toward, point: LimitValue | undefined, where: string): void {
  if (point === undefined) return;
  if (!('side' in toward) || typeof point === 'string') {
    demand(!('side' in toward) && toward.at === point, where, 'the claim speaks of another point');
    return;
  }
  demandFixed(it, where, toward.at);
  demand(areEqual(it.context, toward.at, point), where, 'the claim speaks of another point');
  const x = it.reader.variable(1);
  const above = t.difference(x, toward.at);
  if (toward.side === 'below') demand(implies(it.context, t.literal('>=', t.negated(above))), where, 'the point can be reached from above, too');
  if (toward.side === 'above') demand(implies(it.context, t.literal('>=', above)), where, 'the point can be reached from below, too');
}
