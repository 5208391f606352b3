/** A claim as its refutation sees it: hypotheses, what is claimed, what is varied, all in one graph. */
import { isFiner, nameable, type Level } from '../../base/level.js';
import type { Claim, Statement } from '../../ir/claim.js';
import type { Expr } from '../../ir/expr.js';
import { intern, type Graph } from '../../ir/graph.js';
import type { DerivedProgram } from '../../ir/program.js';

export interface Subject {
  readonly program: DerivedProgram;
  readonly claim: Claim;
  readonly graph: Graph;
  /** The finest level among the parts: the claim speaks of each of its elements. */
  readonly level: Level;
  /** What is claimed of, in the order of `partsOf`. */
  readonly parts: readonly Expr[];
  /** Hold at the element: the guard and the assumption. */
  readonly hypotheses: readonly Expr[];
  /** Hold at every element of their levels: the objective's assumptions. */
  readonly assumptions: readonly Expr[];
  readonly losses: readonly Expr[];
  readonly variable?: Expr;
  /** Where a limit is taken. */
  readonly point?: Expr;
  /** The lets that weights of the objective are taken at. */
  readonly scores: readonly Expr[];
}

/** The expressions that a statement compares, bounds or varies over; not what it varies. */
export function partsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'comparison':
      return [statement.left, statement.right];
    case 'extreme':
      return [statement.of, statement.value];
    case 'lipschitz':
      return [statement.of, statement.by];
    case 'limit':
      return [statement.of, statement.limit];
    default:
      return [statement.of];
  }
}

export const variableOf = (statement: Statement): Expr | undefined =>
  statement.kind === 'comparison' ? undefined : statement.variable;

export function subjectOf(program: DerivedProgram, claim: Claim): Subject {
  const parts = partsOf(claim.statement);
  const hypotheses = [claim.guard, claim.assuming].filter((one) => one !== undefined);
  const losses = program.losses.map(({ loss }) => loss);
  const varied = variableOf(claim.statement);
  const scores = scoresOf(program);
  const lists = [
    parts,
    hypotheses,
    program.assumptions,
    losses,
    varied === undefined ? [] : [varied],
    scores,
    claim.statement.kind === 'limit' ? [claim.statement.point] : [],
  ];
  const graph = intern(lists.flat());
  let from = 0;
  const [shared = [], given = [], assumed = [], lost = [], variables = [], weighed = [], points = []] =
    lists.map(({ length }) => graph.roots.slice(from, (from += length)));
  const levels = [...shared, ...given, ...variables].map(({ type }) => nameable(type.level));
  const level = levels.reduce<Level>((finest, one) => (isFiner(one, finest) ? one : finest), 'batch');
  const [variable] = variables;
  const [point] = points;
  return {
    program,
    claim,
    graph,
    level,
    parts: shared,
    hypotheses: given,
    assumptions: assumed,
    losses: lost,
    scores: weighed,
    ...(variable === undefined ? {} : { variable }),
    ...(point === undefined ? {} : { point }),
  };
}

/** The lets that weights are taken at, such as a log-ratio: what a reader would look along. */
function scoresOf({ weights, lets }: DerivedProgram): readonly Expr[] {
  const names = new Set(weights.map(({ score }) => score));
  return lets.filter(({ name }) => names.has(name)).map(({ value }) => value);
}
