/** Checks one objective and puts its model together. */
import { hasErrors, type Diagnostic } from '../base/diagnostic.js';
import type { Domain } from '../base/domain.js';
import type { Module } from '../link/link.js';
import type { Name, Objective } from '../syntax/ast.js';
import { atCall } from './at-call.js';
import type { Context } from './context.js';
import type { Functions } from './functions.js';
import { inliner } from './inline.js';
import { withExprs } from './item-exprs.js';
import { checkItem, type Parts, type Work } from './items.js';
import type { Model } from './model.js';
import { describeDuplicateLoss } from './rules/duplicate-name.js';
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
  checkNames(parts.optimized, report);
  if (parts.optimized.length === 0 && !work.hole) report(describeNoObjective(objective.name));
  if (parts.optimized.length === 0 || work.hole || hasErrors(diagnostics)) return { diagnostics };
  const { name, title, doc } = objective;
  const { params, inputs, lets, metrics, claims, assumptions } = parts;
  const values = [...[...parts.optimized, ...metrics].map(({ value }) => value), ...assumptions];
  warnUnused(lets, [...params, ...inputs], { values, claims }, context);
  const model: Model = {
    name,
    ...(title === undefined ? {} : { title }),
    ...(doc === undefined ? {} : { doc }),
    params,
    inputs,
    lets,
    losses: parts.optimized.map(({ direction, value, name: optimizer }) => ({
      ...(optimizer === undefined ? {} : { name: optimizer }),
      direction,
      value,
    })),
    metrics,
    claims,
    assumptions,
    types: context.types,
  };
  return { model, diagnostics };
}

/** One optimised value, or several of which each has its own name. */
function checkNames(optimized: Parts['optimized'], report: Context['report']): void {
  const named = optimized.find(({ name }) => name !== undefined);
  const unnamed = optimized.filter(({ name }) => name === undefined);
  const [first] = unnamed;
  for (const { keyword } of named === undefined ? unnamed.slice(1) : unnamed)
    report(describeSeveralObjectives(keyword, (named ?? first)?.keyword ?? keyword, named !== undefined));
  const names = new Map<string, Name>();
  for (const { name } of optimized) {
    if (name === undefined) continue;
    const known = names.get(name.text);
    if (known !== undefined) report(describeDuplicateLoss(name, known));
    else names.set(name.text, name);
  }
}
