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
import { evaluate, isNumber, stands, type Batch, type Evaluation, type Value } from './reading/evaluate.js';
import type { Objective } from './reading/objective.js';
import { partsOf, statementOf, type Said, type Statement } from './reading/statement.js';
import type { Node, Number_, Truth } from './reading/tree.js';
import * as along from './along.js';
import type * as t from './term.js';

interface Point {
  /** As the witness has it. */
  readonly batch: Batch;
  readonly json: Fields;
  readonly element: Element;
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
      demand(isNumber(value(part)), 'witness', 'something that the claim speaks of may have no value there');
  if (ALONG.includes(said.statement.kind))
    return failsAlong(objective, claim.hypotheses, certificate, said, points);
  if (fails(said.statement, points)) return;
  demand(said.statement.kind === 'extreme', 'witness', 'the claim does not surely fail there');
  failsAlong(objective, claim.hypotheses, certificate, said, points);
}
const ALONG: readonly string[] = ['bounded', 'nowhere zero', 'continuous', 'limit'];

/** Whether the claim fails along the line of its points; refuses unless it surely does. */
function failsAlong(
  objective: Objective,
  hypotheses: readonly Truth[],
  { obligations }: Certificate,
  { varied, statement }: Said,
  points: readonly Point[],
): void {
  const [a, b] = points;
  if (a === undefined || statement.kind === 'independent') return reject('witness.points', 'no point');
  const { batch, element } = a;
  const scene: along.Scene = { objective, hypotheses, element, batch, obligations };
  const over = (name: string): along.Along => {
    if (varied === undefined) return reject('claim', 'the claim varies nothing');
    return along.overVaried(scene, varied.node as Number_, variedAt(varied.node, element, batch), name);
  };
  const number = (node: Number_): Interval => {
    const found = a.value(node);
    return isNumber(found) ? found : reject('witness', 'a value is missing');
  };
  switch (statement.kind) {
    case 'bounded': {
      const one = along.obligationOf(scene, 'tends', 'unbounded');
      const name = along.nameOf(one);
      const sorted = points.map((point) => ({ point, size: i.magnitude(sizeAt(point, statement.of)) }));
      sorted.sort((x, y) => i.compareEnds(x.size.low, y.size.low));
      demand(points.length === STAGES.length, 'witness.points', 'expected three points');
      sorted.forEach(({ size }, at) => {
        const least = i.point(q.whole(STAGES[at] ?? 0));
        demand(i.isPositive(i.subtract(size, least)), 'witness.points', 'a point is not beyond its stage');
      });
      const [first, second, third] = sorted.map(({ point }) => point);
      if (first === undefined || second === undefined || third === undefined) return;
      const start = decimal(first.json['variable'], 'witness.points[0]');
      const through = { ...scene, batch: first.batch };
      const line =
        varied === undefined ? along.throughBatches(through, third.batch, start, name) : over(name);
      if (varied === undefined) along.throughBatches(through, second.batch, start, name);
      const { value } = along.limitAlong(line, line.term(statement.of), one);
      return demand(typeof value === 'string', `${one.where}.value`, 'a finite limit is no growth');
    }
    case 'limit': {
      const one = along.obligationOf(scene, 'tends', 'limit');
      const line = over(along.nameOf(one));
      const limitOf = (node: Number_): t.Term | 'inf' | '-inf' =>
        node.op === 'infinity' ? (node.isNegative ? '-inf' : 'inf') : line.term(node);
      const [point, claimed] = [limitOf(statement.point), limitOf(statement.limit)];
      return along.refutesLimit(line, line.term(statement.of), one, point, claimed);
    }
    case 'continuous': {
      const [one] = along.obligationsOf(scene, 'tends', 'from below');
      if (one !== undefined) {
        const line = over(along.nameOf(one));
        const other = along.obligationOf(scene, 'tends', 'from above');
        demand(along.nameOf(other) === line.name, other.where, 'the statements are about two variables');
        return along.refutesContinuous(line, line.term(statement.of), one, other);
      }
      const gaps = along.obligationsOf(scene, 'holds', 'gap');
      const line = over(varied?.name ?? '');
      const ends = points.map((point) => ({ x: point.x, e: sizeAt(point, statement.of) }));
      return along.refutesByGap(line, line.term(statement.of), gaps, ends);
    }
    case 'extreme': {
      const one = along.obligationOf(scene, 'holds', 'bound');
      const line = over(varied?.name ?? '');
      return along.refutesExtreme(
        line,
        line.term(statement.of),
        one,
        statement.isSup,
        number(statement.value),
      );
    }
    case 'nowhere zero': {
      demand(points.length === 2 && b !== undefined, 'witness.points', 'expected the ends of an interval');
      if (b === undefined || varied === undefined) return;
      demand(i.isPositive(i.subtract(b.x, a.x)), 'witness.points', 'the ends are not surely apart');
      const range = i.hull(a.x, b.x);
      along.demandThroughout(over(varied.name), range);
      const override = { node: varied.node, element: variedAt(varied.node, element, batch), value: range };
      const roots = [statement.of, ...hypotheses, ...objective.assumptions];
      const evaluation = evaluate(roots, { ...batch, override });
      demandHypotheses(objective, hypotheses, evaluation, { batch, element });
      const e = pointAt(range, evaluation, element, batch).value(statement.of);
      const isZero = isNumber(e) && i.isPoint(e) && stands('==', e) === true;
      return demand(isZero, 'witness.points', 'the value is not surely 0 throughout');
    }
    default:
      return reject('claim', `a refutation of "${statement.kind}" is not checked`);
  }
}
const STAGES = [1e3, 1e6, 1e9];
const sizeAt = (point: Point, node: Number_): Interval => {
  const found = point.value(node);
  return isNumber(found) ? found : i.REALS;
};

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
      const isOne = points.length === 1 || statement.kind === 'bounded';
      demand(isOne, 'witness.points', 'the claim is about one point');
      return { ...pointAt(i.ORIGIN, evaluate(roots, batch), element, batch), json };
    }
    // Inputs have to permit the value: a batch has it, the point's own or one that is told.
    const told = json['takenFrom'];
    const source =
      told === undefined ? batch : readBatch(objective, told, witness['params'], `${where}.takenFrom`);
    const x = enclosureOf(varied.node, source, variedAt(varied.node, element, source));
    const override = {
      node: varied.node,
      element: variedAt(varied.node, first.element, first.batch),
      value: x,
    };
    const evaluation = evaluate(roots, { ...first.batch, override });
    const point = pointAt(x, evaluation, first.element, { ...first.batch, override });
    return { ...point, batch: first.batch, json };
  });
  for (const { evaluation, batch, element } of found)
    demandHypotheses(objective, hypotheses, evaluation, { batch, element });
  return [...found].sort((a, b) => i.compareEnds(a.x.low, b.x.low));
}

export const variedAt = (node: Node, { level, at }: Element, { ragged }: Batch): number =>
  node.level === 'token' && level !== 'token'
    ? reject('witness', 'the varied value is finer than the element')
    : (ancestors(ragged, level, node.level)[at] ?? 0);
export function enclosureOf(node: Node, batch: Batch, at: number): Interval {
  const found = evaluate([node], batch).values(node as Number_)[at];
  return isNumber(found) ? found : reject('witness', 'what is varied may have no value in the batch');
}
function decimal(json: unknown, where: string): q.Rational {
  const { value } = fields(json, `${where}.variable`);
  const found = typeof value === 'number' ? q.read(String(value)) : undefined;
  return found ?? unexpected(value, 'a number', `${where}.variable.value`);
}
function pointAt(x: Interval, evaluation: Evaluation, element: Element, batch: Batch): Omit<Point, 'json'> {
  const { level, at } = element;
  const { ragged } = batch;
  const exactly = along.valuesAt(batch);
  const value = (node: Number_): Value => {
    const place = ancestors(ragged, level, node.level)[at] ?? 0;
    const found = evaluation.values(node)[place] ?? 'unclear';
    const other = isNumber(found) ? exactly(node, place) : undefined;
    return !isNumber(found) || other === undefined ? found : (i.meet(found, other) ?? i.REALS);
  };
  return { batch, element, x, evaluation, value };
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
    const value = point?.value(node);
    return isNumber(value) ? value : i.REALS;
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
