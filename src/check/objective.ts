/** Checks one objective and puts its model together. */
import { hasErrors, type Diagnostic } from '../base/diagnostic.js';
import type { Domain } from '../base/domain.js';
import type { Module } from '../link/link.js';
import type { Objective } from '../syntax/ast.js';
import { atCall } from './at-call.js';
import type { Context } from './context.js';
import type { Functions } from './functions.js';
import { inliner } from './inline.js';
import { withExprs } from './item-exprs.js';
import { checkItem, type Parts, type Work } from './items.js';
import type { Model } from './model.js';
import { describeNoObjective } from './rules/no-objective.js';
import { describeSeveralObjectives } from './rules/several-objectives.js';
import { definitionsOf, type Entity } from './scope.js';
import { isWithin, wordsAboutNames } from './unread.js';
import { warnUnused } from './unused.js';

interface Outcome {
  readonly model?: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** The model of an objective, if it has no errors. */
export function checkObjective(
  objective: Objective,
  { file, source }: Pick<Module, 'file' | 'source'>,
  functions: Functions,
): Outcome {
  const { unread } = file;
  const diagnostics: Diagnostic[] = [];
  const collect = wordsAboutNames(unread, diagnostics);
  const report = (diagnostic: Diagnostic): void => {
    collect(atCall(diagnostic, source));
  };
  const known = new Map<string, Entity>();
  const domains = new Map<string, Domain>();
  const context: Context = {
    source,
    scope: { known, defined: definitionsOf(objective), functions },
    domains,
    types: new Map(),
    bounds: new Map(),
    report,
  };
  const parts: Parts = {
    params: [],
    inputs: [],
    lets: [],
    optimized: [],
    metrics: [],
    claims: [],
    assumptions: [],
  };
  const work: Work = {
    context,
    known,
    domains,
    parts,
    hole: unread.some((one) => isWithin(one, objective.span)),
  };
  const { inline } = inliner(functions, report);
  for (const item of objective.items) checkItem(withExprs(item, inline), work);
  const [optimize, ...more] = parts.optimized;
  for (const { item } of more)
    context.report(describeSeveralObjectives(item.keyword, optimize?.item.keyword ?? item.keyword));
  if (optimize === undefined && !work.hole) context.report(describeNoObjective(objective.name));
  if (optimize === undefined || work.hole || hasErrors(diagnostics)) return { diagnostics };
  const { name, title, doc } = objective;
  const { params, inputs, lets, metrics, claims, assumptions } = parts;
  const values = [optimize.value, ...metrics.map(({ value }) => value), ...assumptions];
  warnUnused(lets, [...params, ...inputs], { values, claims }, context);
  const model: Model = {
    name,
    ...(title === undefined ? {} : { title }),
    ...(doc === undefined ? {} : { doc }),
    params,
    inputs,
    lets,
    optimize: { direction: optimize.direction, value: optimize.value },
    metrics,
    claims,
    assumptions,
    types: context.types,
  };
  return { model, diagnostics };
}
