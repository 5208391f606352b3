/** From syntax to models: each objective's names, types, domains, claims and gradients, with every mistake reported. */
import { hasErrors, inOrder, type Diagnostic } from '../base/diagnostic.js';
import type { Source } from '../base/source.js';
import type { File, Name } from '../syntax/ast.js';
import { checkObjective } from './objective.js';
import type { Model } from './model.js';
import { describeDuplicateName } from './rules/duplicate-name.js';

export interface CheckResult {
  /** One per objective without errors, in source order. */
  readonly models: readonly Model[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks every objective of a file. It never fails: what `missing` stands for was reported by the parser. */
export function check(file: File, source: Source): CheckResult {
  const diagnostics: Diagnostic[] = [];
  const models: Model[] = [];
  const seen = new Map<string, Name>();
  for (const objective of file.objectives) {
    const { name } = objective;
    const first = seen.get(name.text);
    const { model, diagnostics: own } = checkObjective(objective, file, source);
    const all = first === undefined || name.text === '' ? own : [describeDuplicateName(name, first), ...own];
    if (first === undefined) seen.set(name.text, name);
    diagnostics.push(...all);
    if (model !== undefined && !hasErrors(all)) models.push(model);
  }
  return { models, diagnostics: inOrder(diagnostics) };
}
