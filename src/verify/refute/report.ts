/** What was found, as a witness that people and machines read. */
import { formatNumber } from '../../batch/number.js';
import { isFiner, type Level } from '../../base/level.js';
import { isElementwise, type Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { printExpr } from '../../ir/print.js';
import type { Obligation } from '../../proof/certificate.js';
import type { Witness, WitnessPoint } from '../../proof/verdict.js';
import type { Point } from './confirm.js';
import { read } from './numbers.js';
import type { Mover, Probe } from './probe.js';
import { batchIn, paramsIn } from './scene.js';
import { tapeOf } from './tape.js';

export interface Refutation {
  readonly witness: Witness;
  /** What the certificate has to show beyond the witness: limits at its numbers, and the like. */
  readonly obligations: readonly Obligation[];
}

export interface Told {
  /** Instead of the sentence about the points. */
  readonly summary?: string;
  readonly instead?: string;
  readonly obligations?: readonly Obligation[];
}

/** The witness of points that are confirmed; `mover` is what has moved from one to the next. */
export function witnessOf(
  probe: Probe,
  points: readonly Point[],
  mover?: Mover,
  told: Told = {},
): Refutation {
  const { scene, possible } = probe;
  const { summary = summaryOf(probe, points), instead, obligations = [] } = told;
  const [first] = points;
  if (first === undefined) throw new Error('internal: a witness without a point');
  const isProbable = ({ values }: Point): boolean =>
    possible.every(({ isLogProbability }, at) => !isLogProbability || (values[at] ?? 0) <= 0);
  const witness: Witness = {
    params: paramsIn(scene, first.values),
    element: elementOf(probe),
    points: points.map((point) => pointOf(probe, point)),
    summary: `${placedAt(probe, first)}${summary}`,
    logProbabilities: points.every(isProbable),
    ...(mover === undefined || mover.alone ? {} : { overridden: true as const }),
    ...(instead === undefined ? {} : { instead }),
  };
  return { witness, obligations };
}

function pointOf(probe: Probe, { values, value, taken, parts, numbers }: Point): WitnessPoint {
  const { subject, scene, varied } = probe;
  return {
    batch: batchIn(subject.program, scene, values),
    ...(varied === undefined ? {} : { variable: { name: printExpr(varied.expr, true), value } }),
    ...(taken === undefined ? {} : { takenFrom: batchIn(subject.program, scene, taken) }),
    readings: subject.parts.map((part, at) => ({
      expression: printExpr(part, true),
      value: numbers[at] ?? NaN,
      low: parts[at]?.low ?? NaN,
      high: parts[at]?.high ?? NaN,
    })),
  };
}

function elementOf({ subject, scene, own }: Probe): Witness['element'] {
  const { level } = subject;
  const at = (to: Level): number => scene.holders(level, to)[own] ?? 0;
  if (level === 'batch') return { level };
  if (level === 'group') return { level, group: own };
  if (level === 'rollout') return { level, group: at('group'), rollout: own };
  const row = at('rollout');
  return { level, group: at('group'), rollout: row, token: own - scene.ragged.rolloutOfToken.indexOf(row) };
}

/** `log_ratio = -2 gives 0.12 and log_ratio = -1 gives 0.3`, or what a comparison's sides are. */
function summaryOf({ subject, varied }: Probe, points: readonly Point[]): string {
  const [part, other] = subject.parts;
  if (part === undefined) return '';
  const name = printExpr(part, true);
  if (varied === undefined) {
    const [left = NaN, right = NaN] = points[0]?.numbers ?? [];
    const value = `${name} is ${read(left)}`;
    if (other === undefined || isConstant(other)) return value;
    return `${value} and ${printExpr(other, true)} is ${read(right)}`;
  }
  const variable = printExpr(varied.expr, true);
  return points
    .map(({ value: x, numbers }, at) => {
      const value = read(numbers[0] ?? NaN);
      return `${variable} = ${apart(x, points)} gives ${at === 0 ? `${name} = ${value}` : value}`;
    })
    .reduce((text, one, at) => (at === points.length - 1 ? `${text} and ${one}` : `${text}, ${one}`));
}

/** With as many digits as tell it from what it is at the other points. */
function apart(x: number, points: readonly Point[]): string {
  const distinct = new Set(points.map(({ value }) => value)).size;
  const digits = [4, 6, 8, 10, 12].find(
    (count) => new Set(points.map(({ value }) => value.toPrecision(count))).size === distinct,
  );
  return formatNumber(Number(x.toPrecision(digits ?? 17)));
}
const isConstant = (expr: Expr): boolean => expr.op === 'const' || expr.op === 'inf';

/** `eps = 0.2, advantage = 1, `: the parameters that matter and the own values that do not move. */
function placedAt(probe: Probe, { values }: Point): string {
  const { subject, scene, tape, varied } = probe;
  const params = tape.reads.flatMap((slot) => {
    const one = scene.slots[slot];
    return one?.role === 'param' && one.name !== nameOf(varied?.expr)
      ? [`${one.name} = ${formatNumber(values[slot] ?? NaN)}`]
      : [];
  });
  const named = standing(probe).slice(0, MOST_NAMED);
  const here = tapeOf(
    subject.graph,
    named.map((expr) => ({ expr, element: scene.holders(subject.level, expr.type.level)[probe.own] ?? 0 })),
    scene,
  ).run(values);
  const own = named.map((expr, at) => `${printExpr(expr, true)} = ${read(here[at] ?? NaN)}`);
  const all = [...params, ...own];
  return all.length === 0 ? '' : `at ${all.join(', ')}, `;
}
const MOST_NAMED = 3;
const nameOf = (expr: Expr | undefined): string | undefined =>
  expr?.op === 'input' || expr?.op === 'named' ? expr.name : undefined;

/** The names that the parts and hypotheses read at the own element and that do not depend on what is varied, outermost first. */
function standing({ subject, varied }: Probe): readonly Expr[] {
  const { graph, parts, hypotheses, level } = subject;
  const moving = new Set<Expr>();
  for (const node of graph.nodes)
    if (node === varied?.expr || operandsOf(node).some((operand) => moving.has(operand))) moving.add(node);
  const seen = new Set<Expr>();
  const found: Expr[] = [];
  const stack = [...parts, ...hypotheses].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node) || node === varied?.expr) continue;
    seen.add(node);
    const isNamed = node.op === 'named' || (node.op === 'input' && node.role !== 'param');
    const isTold = node.type.kind === 'real' && !isFiner(node.type.level, level);
    if (isNamed && !moving.has(node) && !parts.includes(node)) {
      if (isTold) found.push(node);
    } else if (isElementwise(node) || node.op === 'named') stack.push(...[...operandsOf(node)].reverse());
  }
  return found;
}
