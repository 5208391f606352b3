/** A claim along what it varies, at the exact numbers of a batch: a term in one variable and nothing else. */
import type { LimitValue, Toward } from '../../proof/derivation.js';
import type { Obligation } from '../../proof/certificate.js';
import { parseRational, type Rational } from '../../proof/rational.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import { printExpr } from '../../ir/print.js';
import type { Budget } from '../budget.js';
import type { Value } from '../concrete/extended.js';
import { elementAt, readConcretely, type ConcreteBatch } from '../concrete/reading.js';
import { standsSo, encloseTerm } from '../interval/term.js';
import { limitOf } from '../limits/limit.js';
import type { Probe } from './probe.js';
import type { Scene } from './scene.js';

export interface Line {
  readonly variable: string;
  readonly parts: readonly Term[];
  /** Where a limit is taken. */
  readonly point?: Value;
  /** The hypotheses that what is varied decides; the others hold at these numbers. */
  readonly given: readonly Condition[];
}

/** The numbers of a batch as the decimals that they are written as. */
export function concreteBatch(
  { ragged, slots, startOf }: Scene,
  values: Float64Array,
): ConcreteBatch | undefined {
  const exact = Array.from(values, (value) => parseRational(String(value)));
  const params = new Map<string, Rational>();
  const inputs = new Map<string, readonly Rational[]>();
  for (const [name, start] of startOf) {
    const slot = slots[start];
    if (slot === undefined) continue;
    const own = exact.slice(start, start + (slot.role === 'param' ? 1 : ragged.sizes[slot.level]));
    const known = own.filter((one) => one !== undefined);
    const [first] = known;
    if (first === undefined || known.length < own.length) return undefined;
    if (slot.role === 'param') params.set(name, first);
    else inputs.set(name, known);
  }
  return { ragged, params, inputs };
}

/** Decides what speaks of constants alone: where their enclosures tell, or they are rational. */
export const decided = ({ op, x }: Literal): boolean | undefined => standsSo(op, encloseTerm(x, new Map()));

export function lineOf(probe: Probe, values: Float64Array): Line | undefined {
  const { subject, scene, varied, conditions, places } = probe;
  const batch = concreteBatch(scene, values);
  if (varied === undefined || batch === undefined) return undefined;
  const variable = printExpr(varied.expr, true);
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
  if (given.some((one) => one.op === 'boolean' && !one.value)) return undefined;
  const moving = given.filter(({ op }) => op !== 'boolean');
  return { variable, parts, given: moving, ...(point === undefined ? {} : { point }) };
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
