/** From syntax to models: each objective's names, types, domains, claims and gradients, with every mistake reported. */
import { hasErrors, inOrder, type Diagnostic } from '../base/diagnostic.js';
import type { Module } from '../link/link.js';
import type { Name } from '../syntax/ast.js';
import { functionsUnder } from './definitions.js';
import { checkObjective } from './objective.js';
import type { Model } from './model.js';
import { describeDuplicateName } from './rules/duplicate-name.js';
import { warnUnusedFunctions } from './unused-functions.js';

export interface CheckResult {
  /** One per objective without errors, in source order. */
  readonly models: readonly Model[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks the definitions and the objectives of a file. It never fails: what `missing` stands for was reported by the
 * parser, and what is wrong in an imported file is reported at its import.
 */
export function check(module: Module): CheckResult {
  const { functions, diagnostics: ofDefinitions } = functionsUnder(module);
  const diagnostics: Diagnostic[] = [...ofDefinitions];
  const models: Model[] = [];
  const seen = new Map<string, Name>();
  for (const objective of module.file.objectives) {
    const { name } = objective;
    const first = seen.get(name.text);
    const { model, diagnostics: own } = checkObjective(objective, module, functions);
    const all = first === undefined || name.text === '' ? own : [describeDuplicateName(name, first), ...own];
    if (first === undefined) seen.set(name.text, name);
    diagnostics.push(...all);
    if (model !== undefined && !hasErrors(all) && !hasErrors(ofDefinitions)) models.push(model);
  }
  if (!hasErrors([...module.diagnostics, ...diagnostics]))
    diagnostics.push(...warnUnusedFunctions(module.file));
  return { models, diagnostics: inOrder(diagnostics) };
}
