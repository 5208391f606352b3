/** A claim along what it varies, at the exact numbers of a batch: a term in one variable and nothing else. */
import * as b from '../../proof/build.js';
import type { Obligation } from '../../proof/certificate.js';
import type { LimitValue, Toward } from '../../proof/derivation.js';
import type { Condition, Term } from '../../proof/term.js';
import { contains } from '../../base/interval.js';
import type { Expr } from '../../ir/expr.js';
import { printExpr } from '../../ir/print.js';
import { declaredRanges, ranges } from '../../ir/range.js';
import type { Budget } from '../budget.js';
import type { Value } from '../concrete/extended.js';
import { elementAt, readConcretely } from '../concrete/reading.js';
import { limitOf } from '../limits/limit.js';
import { concreteBatch, decided } from './exact.js';
import type { Probe } from './probe.js';
import { permitted, type Permitted } from './reach.js';
import type { Subject } from './subject.js';
import { nameOf, readsName, under } from '../view/opaque.js';

export interface Line {
  readonly variable: string;
  readonly parts: readonly Term[];
  /** Where a limit is taken. */
  readonly point?: Value;
  /** The hypotheses that what is varied decides, the others holding at these numbers, and that inputs permit it. */
  readonly given: readonly Condition[];
}

/** The line on which what is varied takes the values that are permitted; nothing where those are not known. */
export function lineOf(
  probe: Probe,
  values: Float64Array,
  permittedTo: Permitted = permitted,
): Line | undefined {
  const { subject, scene, varied, conditions, places } = probe;
  const batch = concreteBatch(scene, values);
  if (varied === undefined || batch === undefined) return undefined;
  const variable = printExpr(varied.expr, true);
  if ([...subject.hypotheses, ...subject.assumptions].some((one) => mayLackValue(subject, one)))
    return undefined;
  const reach = permittedTo(probe, values, b.variable(variable));
  const ends = subject.point === undefined ? [] : [subject.point];
  const exprs = [...subject.hypotheses, ...subject.assumptions, ...subject.parts, ...ends];
  const read = readConcretely(exprs, batch, { ...varied, as: variable }, decided);
  const [point] = ends.map(
    (expr) => read.values(expr)[elementAt(scene.ragged, subject.level, probe.own, expr.type.level)],
  );
  const given = conditions.map(({ expr, element }) => read.truths(expr)[element]);
  const parts = places.map(({ expr, element }) => read.values(expr)[element]);
  if (!given.every((one) => one !== undefined) || !parts.every((one) => typeof one === 'object'))
    return undefined;
  if (reach === undefined || given.some((one) => one.op === 'boolean' && !one.value)) return undefined;
  const moving = [...given, ...reach].filter(({ op }) => op !== 'boolean');
  return { variable, parts, given: moving, ...(point === undefined ? {} : { point }) };
}

/** Whether what is varied may leave a hypothesis without a value, so that it does not hold there: it is divided by what can be 0. */
function mayLackValue({ program, variable }: Subject, hypothesis: Expr): boolean {
  const divisors = [...under([hypothesis])].flatMap((one) => (one.op === 'div' ? [one.y] : []));
  const moving = divisors.filter((one) => variable !== undefined && readsName(one, nameOf(variable)));
  return ranges(moving, declaredRanges(program)).some((range) => contains(range, 0));
}

/** Steps that one limit may take. */
const LIMIT = 60_000;
/** What asking takes at least. */
const ASKED = 20_000;

type Tends = Extract<Obligation, { readonly kind: 'tends' }>;

/** The limit of a term along the line, as an obligation with its proof. */
export function limitAlong(
  { variable, given }: Line,
  term: Term,
  toward: Toward,
  what: string,
  budget: Budget,
): Tends | undefined {
  const question = { variables: [{ name: variable }], given, term, variable, toward };
  if (!budget.spend(ASKED)) return undefined;
  const found = limitOf(question, budget.share(LIMIT));
  return (
    found && { kind: 'tends', what, given, term, variable, toward, value: found.value, proof: found.proof }
  );
}

export const isInfinite = (value: LimitValue): value is 'inf' | '-inf' => typeof value === 'string';
