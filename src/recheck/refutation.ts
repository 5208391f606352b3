/**
 * A refuted claim (§5): evaluates the claim's expressions at the witness in interval arithmetic, sees that the hypotheses hold, and
 * that the claim fails whatever the true values inside the enclosures are.
 */
import { ancestors } from '../base/ragged.js';
import type { Certificate } from './certificate.js';
import * as i from './interval.js';
import type { Interval } from './interval.js';
import { each, fields, unexpected, type Fields } from './json.js';
import * as q from './rational.js';
import { demand, reject } from './rejection.js';
import { readBatch, readElement, type Element } from './reading/batch.js';
import { evaluate, stands, type Batch, type Evaluation, type Value } from './reading/evaluate.js';
import type { Objective } from './reading/objective.js';
import { partsOf, statementOf, type Said, type Statement } from './reading/statement.js';
import type { Node, Number_, Truth } from './reading/tree.js';

interface Point {
  readonly x: Interval;
  readonly evaluation: Evaluation;
  readonly value: (node: Number_) => Value;
}

export function checkRefutation(objective: Objective, certificate: Certificate, json: unknown): void {
  const claim = objective.claims[certificate.claim] ?? reject('claim', 'the objective has no such claim');
  const said = statementOf(claim);
  const witness = fields(json, 'witness');
  const points = pointsOf(objective, claim.hypotheses, said, witness);
  if (claim.mode === 'verify' && isUndefined(objective, said.statement, points)) return;
  for (const { value } of points)
    for (const part of [...numbersIn(said.statement), ...objective.losses])
      demand(value(part) !== 'nothing', 'witness', 'something that the claim speaks of has no value there');
  demand(fails(said.statement, points), 'witness', 'the claim does not surely fail there');
}

const numbersIn = (statement: Statement): readonly Number_[] =>
  statement.kind === 'independent'
    ? []
    : (partsOf(statement) as readonly Number_[]).filter(({ op }) => op !== 'infinity');

/** Where everything is within the hypotheses and a claimed or a minimised value surely does not exist. */
const isUndefined = (objective: Objective, statement: Statement, points: readonly Point[]): boolean =>
  points.some(({ value }) =>
    [...numbersIn(statement), ...objective.losses].some((part) => value(part) === 'nothing'),
  );

/** The points of a witness, by increasing x: each the first batch with another value of what is varied. */
function pointsOf(
  objective: Objective,
  hypotheses: readonly Truth[],
  said: Said,
  witness: Fields,
): readonly Point[] {
  const { varied, statement } = said;
  const roots: readonly Node[] = [
    ...partsOf(statement),
    ...hypotheses,
    ...objective.assumptions,
    ...objective.losses,
  ];
  const points = each(witness['points'], 'witness.points', (json, where) => {
    const one = fields(json, where);
    const batch = readBatch(objective, one['batch'], witness['params'], `${where}.batch`);
    return { batch, element: readElement(witness['element'], said.level, batch), json: one, where };
  });
  const [first] = points;
  if (first === undefined) return reject('witness.points', 'expected one point at least');
  const found = points.map(({ batch, element, json, where }): Point => {
    if (varied === undefined) {
      demand(points.length === 1, 'witness.points', 'the claim is about one point');
      return pointAt(i.ORIGIN, evaluate(roots, batch), element, batch);
    }
    const own = variedAt(varied.node, element, batch);
    const x =
      witness['overridden'] === true
        ? i.point(decimal(json['variable'], where))
        : enclosureOf(varied.node, batch, own);
    const override = {
      node: varied.node,
      element: variedAt(varied.node, first.element, first.batch),
      value: x,
    };
    const evaluation = evaluate(roots, { ...first.batch, override });
    return pointAt(x, evaluation, first.element, first.batch);
  });
  for (const { evaluation } of found) demandHypotheses(objective, hypotheses, evaluation, first);
  return [...found].sort((a, b) => i.compareEnds(a.x.low, b.x.low));
}

const variedAt = (node: Node, { level, at }: Element, { ragged }: Batch): number =>
  node.level === 'token' && level !== 'token'
    ? reject('witness', 'the varied value is finer than the element')
    : (ancestors(ragged, level, node.level)[at] ?? 0);
function enclosureOf(node: Node, batch: Batch, at: number): Interval {
  const found = evaluate([node], batch).values(node as Number_)[at];
  return found === undefined || found === 'nothing'
    ? reject('witness', 'what is varied has no value in the batch')
    : found;
}
function decimal(json: unknown, where: string): q.Rational {
  const { value } = fields(json, `${where}.variable`);
  const found = typeof value === 'number' ? q.read(String(value)) : undefined;
  return found ?? unexpected(value, 'a number', `${where}.variable.value`);
}
function pointAt(x: Interval, evaluation: Evaluation, { level, at }: Element, { ragged }: Batch): Point {
  const value = (node: Number_): Value =>
    evaluation.values(node)[ancestors(ragged, level, node.level)[at] ?? 0] ?? 'nothing';
  return { x, evaluation, value };
}

/** What is assumed holds at every element; guard and assumption hold at the claim's own. */
export function demandHypotheses(
  { assumptions }: Objective,
  hypotheses: readonly Truth[],
  evaluation: Evaluation,
  { batch, element }: { readonly batch: Batch; readonly element: Element },
): void {
  for (const one of assumptions)
    demand(
      evaluation.truths(one).every((truth) => truth === true),
      'batch',
      'what the objective assumes does not surely hold',
    );
  for (const one of hypotheses) {
    const at = ancestors(batch.ragged, element.level, one.level)[element.at] ?? 0;
    demand(evaluation.truths(one)[at] === true, 'batch', 'a hypothesis of the claim does not surely hold');
  }
}

/** Whether the claim surely fails at the points. */
function fails(statement: Statement, points: readonly Point[]): boolean {
  const [a, b, c] = points;
  const at = (point: Point | undefined, node: Number_): Interval => {
    const value = point?.value(node) ?? 'nothing';
    return value === 'nothing' ? i.REALS : value;
  };
  const isFalse = (op: '>=' | '>' | '==', x: Interval): boolean => stands(op, x) === false;
  const areOrdered = points
    .slice(1)
    .every((one, index) => i.isPositive(i.subtract(one.x, points[index]?.x ?? i.REALS)));
  const rise = (of: Number_): Interval => i.subtract(at(b, of), at(a, of));
  switch (statement.kind) {
    case 'comparison':
      if (statement.op === '!=') return false;
      return isFalse(statement.op, i.subtract(at(a, statement.left), at(a, statement.right)));
    case 'monotone': {
      const up = rise(statement.of);
      const op = statement.direction === 'increasing' || statement.direction === 'decreasing' ? '>' : '>=';
      const isUp = statement.direction === 'increasing' || statement.direction === 'nondecreasing';
      return points.length === 2 && areOrdered && isFalse(op, isUp ? up : i.negate(up));
    }
    case 'constant':
      return points.length === 2 && areOrdered && isFalse('==', rise(statement.of));
    case 'lipschitz': {
      const most = i.multiply(at(a, statement.by), i.subtract(b?.x ?? i.REALS, a?.x ?? i.REALS));
      const up = rise(statement.of);
      return (
        points.length === 2 &&
        areOrdered &&
        [up, i.negate(up)].some((one) => isFalse('>=', i.subtract(most, one)))
      );
    }
    case 'convex': {
      const [left, right] = [
        i.subtract(b?.x ?? i.REALS, a?.x ?? i.REALS),
        i.subtract(c?.x ?? i.REALS, b?.x ?? i.REALS),
      ];
      const chord = i.add(i.multiply(right, at(a, statement.of)), i.multiply(left, at(c, statement.of)));
      const middle = i.multiply(i.add(left, right), at(b, statement.of));
      return points.length === 3 && areOrdered && isFalse('>=', i.subtract(chord, middle));
    }
    case 'extreme': {
      const above = i.subtract(at(a, statement.of), at(a, statement.value));
      return points.length === 1 && i.isPositive(statement.isSup ? above : i.negate(above));
    }
    case 'independent':
    case 'bounded':
    case 'nowhere zero':
    case 'continuous':
    case 'limit':
      return reject('claim', `a refutation of "${statement.kind}" is not checked`);
  }
}
