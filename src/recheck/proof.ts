/**
 * A proved claim (§3): reads it in the certificate's view, works out which statements it comes down to, and demands for each an
 * obligation of the certificate that gives it, whose hypotheses follow from what is given here, and whose derivation is right.
 */
import { KINDS, gives, mustHold, next, use, type Case, type Obligation } from './case.js';
import {
  checkContinuous,
  checkConvex,
  checkExtreme,
  checkNowhereZero,
  checkTends,
  demandOneNumber,
} from './moving.js';
import { extended, type Context } from './context.js';
import type { Certificate } from './certificate.js';
import { implies } from './implies.js';
import { each, fields, oneOf, string } from './json.js';
import { rangedOf } from './range.js';
import { demand, reject } from './rejection.js';
import { proveSequent } from './sequent.js';
import * as t from './term.js';
import { not, readSequent, readTerm, type Condition, type Term } from './term.js';
import { namesIn } from './variables.js';
import { demandsOf, type Demand } from './reading/definedness.js';
import {
  atCopies,
  contextWith,
  elementFacts,
  liftFacts,
  memberFacts,
  movingNames,
  setFacts,
} from './reading/facts.js';
import type { MemberSet } from './reading/members.js';
import type { Objective } from './reading/objective.js';
import { ownPlace } from './reading/place.js';
import { readerFor, type Reader } from './reading/reader.js';
import { singleFacts } from './reading/pairs.js';
import { scanFacts } from './reading/scans.js';
import { partsOf, statementOf, type Said, type Statement } from './reading/statement.js';
import { isTruth, postOrder, type Node, type Number_ } from './reading/tree.js';
import { readView } from './reading/view.js';

export function checkProof(objective: Objective, certificate: Certificate): void {
  const claim = objective.claims[certificate.claim] ?? reject('claim', 'the objective has no such claim');
  const said = statementOf(claim);
  const obligations = each(certificate.obligations, 'obligations', (json, where): Obligation => {
    const one = fields(json, where);
    return {
      json: one,
      where,
      kind: oneOf(one['kind'], KINDS, `${where}.kind`),
      what: string(one['what'], `${where}.what`),
      isUsed: false,
    };
  });
  if (said.statement.kind === 'independent') checkIndependent(said);
  const view = readView(certificate.view, 'view');
  const copies = copiesOf(said.statement, obligations);
  const reader = readerFor(
    objective,
    view,
    ownPlace(said.level),
    rangedOf(objective, said, obligations),
    copies,
  );
  const it = readAll(reader, said, claim.hypotheses, obligations);
  const shown = new Map<string, Condition[]>();
  const defined = checkDefined(it, it.demands, 'defined', shown);
  checkDefined({ ...it, context: defined }, it.ofLosses, 'loss defined', shown);
  checkStatement({ ...it, context: defined }, certificate);
  for (const one of obligations) if (!one.isUsed && DEFINED.includes(one.what)) checkSpare(one);
  const unused = obligations.find(({ isUsed }) => !isUsed);
  demand(unused === undefined, unused?.where ?? '', 'the claim does not call for this obligation');
}

/** That what follows from signs alone is defined needs no obligation here, but may have one. */
const DEFINED = ['defined', 'loss defined'];
function checkSpare(one: Obligation): void {
  demand(one.kind === 'holds', `${one.where}.kind`, 'that something is defined is a sequent');
  proveSequent(
    readSequent(one.json['sequent'], `${one.where}.sequent`),
    one.json['proof'],
    `${one.where}.proof`,
  );
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
  const assuming = [...assumed, ...claimed];
  const hypotheses = assuming.flatMap((one) => atCopies(reader, one, own));
  const base = (): readonly Condition[] => [
    ...elementFacts(reader),
    ...hypotheses,
    ...setFacts(reader, undefined),
  ];
  const lifted = liftFacts(reader, base());
  const signs = [...scanFacts(reader, base()), ...singleFacts(reader, base())];
  const context = contextWith(reader, ...base(), ...lifted(undefined), ...signs);
  const memberOf = (set: MemberSet): readonly Condition[] => [
    ...memberFacts(reader, set),
    ...chainOf(set).flatMap(lifted),
  ];
  return {
    reader,
    said,
    context,
    memberOf,
    assuming,
    hypotheses,
    demands,
    ofLosses,
    moving: movingNames(reader),
    obligations,
  };
}
function readPart(reader: Reader, part: Node, copy: number): void {
  if (isTruth(part)) reader.condition(part, reader.own, copy);
  else if (part.op !== 'infinity') reader.term(part, reader.own, copy);
}

/**
 * That values are defined: each demand follows, or an obligation says so; what is shown can be used by the next. `shown` holds
 * what was shown of the members of sets, by their prefix.
 */
function checkDefined(
  it: Case,
  demands: readonly Demand[],
  what: string,
  shown: Map<string, Condition[]>,
): Context {
  const { reader } = it;
  let context = it.context;
  // Of each set, what is known of its members while nothing more is known of the own element.
  const inside = new Map<string, { readonly own: Context; readonly members: Context }>();
  const insideOf = (set: MemberSet): Context => {
    const known = inside.get(set.prefix);
    if (known?.own === context) return known.members;
    const members = memberContext(it, context, set, shown.get(set.prefix) ?? []);
    inside.set(set.prefix, { own: context, members });
    return members;
  };
  const further = new WeakMap<Context, Map<Condition, Context>>();
  const onTheWay = (from: Context, condition: Condition): Context => {
    const known = further.get(from) ?? new Map<Condition, Context>();
    further.set(from, known);
    const next_ = known.get(condition) ?? extended(from, condition);
    known.set(condition, next_);
    return next_;
  };
  for (const { set, path, condition } of demands) {
    const here = set === undefined ? context : insideOf(set);
    const at = path.reduce(onTheWay, here);
    const isPlain = at.normal.truthOf(condition) === true;
    if (!isPlain && !implies(at, condition)) {
      const found = it.obligations.find(
        (one) => one.what === what && one.kind === 'holds' && gives(one, at, condition, reader),
      );
      if (found === undefined)
        reject(
          'obligations',
          `no obligation says that ${what === 'defined' ? 'the claim' : 'the loss'} is defined: ${t.shown(condition)}`,
        );
      else use(found, at, condition, reader);
    }
    const fact = t.or(...path.map(not), condition);
    // What is plain on the way needs not be said again: it is as plain to whoever comes that way later.
    const isKnown = isPlain || here.normal.truthOf(fact) === true;
    if (set !== undefined && !isPlain) shown.set(set.prefix, [...(shown.get(set.prefix) ?? []), fact]);
    if (isKnown) continue;
    if (set === undefined) context = extended(context, fact);
    else inside.set(set.prefix, { own: context, members: extended(here, fact) });
  }
  return context;
}
const chainOf = (set: MemberSet): readonly MemberSet[] => [
  ...(set.parent === undefined ? [] : chainOf(set.parent)),
  set,
];
const memberContext = (
  { memberOf }: Case,
  own: Context,
  set: MemberSet,
  shown: readonly Condition[],
): Context => extended(own, ...memberOf(set), ...shown);

function checkStatement(it: Case, certificate: Certificate): void {
  const { statement } = it.said;
  const read = (node: Number_, copy = 1): Term => it.reader.term(node, it.reader.own, copy);
  const x = it.reader.variable;
  switch (statement.kind) {
    case 'independent':
      return;
    case 'comparison':
      return mustHold(
        it,
        'claim',
        t.literal(statement.op, t.difference(read(statement.left), read(statement.right))),
      );
    case 'monotone': {
      const rise = t.difference(read(statement.of, 2), read(statement.of, 1));
      const isUp = statement.direction === 'nondecreasing' || statement.direction === 'increasing';
      const isStrict = statement.direction === 'increasing' || statement.direction === 'decreasing';
      return mustHold(it, 'claim', t.literal(isStrict ? '>' : '>=', isUp ? rise : t.negated(rise)));
    }
    case 'constant':
      return mustHold(
        it,
        'claim',
        t.literal('==', t.difference(read(statement.of, 1), read(statement.of, 2))),
      );
    case 'lipschitz': {
      demand(!it.reader.moves(statement.by), 'claim', 'the constant depends on what is varied');
      const most = t.product(read(statement.by), t.difference(x(2), x(1)));
      const rise = t.difference(read(statement.of, 2), read(statement.of, 1));
      return [rise, t.negated(rise)].forEach((one) => {
        mustHold(it, 'claim', t.literal('>=', t.sum(most, one)));
      });
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
    return (
      node === undefined || postOrder(node).some((one) => one.op === 'input' && models.includes(one.name))
    );
  };
  for (const name of namesIn(bound)) {
    const isAllowed =
      said.varied === undefined ? !readsModel(name) : name !== said.varied.name && !moving.has(name);
    demand(isAllowed, 'bound', `a bound must not depend on ${name}`);
  }
  if (said.varied !== undefined) demandOneNumber(it, 'bound', bound);
  for (const side of [t.difference(bound, e), t.sum(bound, e)]) mustHold(it, 'claim', t.literal('>=', side));
}
