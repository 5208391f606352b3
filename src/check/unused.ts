/** Names that nothing reads: probably a slip. */
import { paramsOf } from '../base/domain.js';
import type { Expr } from '../syntax/ast.js';
import type { Context } from './context.js';
import type { Claim, Input, Let, Param } from './model.js';
import { reach } from './reach.js';
import { describeUnusedInput } from './rules/unused-input.js';
import { describeUnusedLet } from './rules/unused-let.js';

export interface Readers {
  readonly values: readonly Expr[];
  readonly claims: readonly Claim[];
}

/** Warns of every let, input and parameter that no result and no claim reads, directly or through lets. */
export function warnUnused(
  lets: readonly Let[],
  declared: readonly (Param | Input)[],
  { values, claims }: Readers,
  context: Context,
): void {
  const used = new Set<string>();
  // A gradient weight is itself a result.
  const weights = lets.filter(({ weight }) => weight !== undefined);
  const roots = [...values, ...claims.flatMap(partsOf), ...weights.map(({ value }) => value)];
  for (const { name } of weights) used.add(name.text);
  for (const claim of claims)
    for (const name of variablesOf(claim)) roots.push({ kind: 'name', name, span: claim.span });
  for (const { domain } of declared)
    if (domain !== undefined) for (const name of paramsOf(domain)) used.add(name);
  for (const root of roots)
    for (const name of reach(root, context.scope, { uncut: true }).names) used.add(name);
  for (const { name } of lets) if (!used.has(name.text)) context.report(describeUnusedLet(name));
  for (const one of declared) {
    if (used.has(one.name.text)) continue;
    context.report(describeUnusedInput(one.name, one.kind === 'param' ? 'param' : one.role));
  }
}

function partsOf({ guard, assuming, statement }: Claim): readonly Expr[] {
  const hypotheses = [guard, assuming].filter((one) => one !== undefined);
  switch (statement.kind) {
    case 'comparison':
      return [...hypotheses, statement.left, statement.right];
    case 'extreme':
      return [...hypotheses, statement.of, statement.value];
    case 'limit':
      return [...hypotheses, statement.of, statement.limit, statement.point];
    case 'shape':
      return [
        ...hypotheses,
        statement.of,
        ...(statement.shape.kind === 'lipschitz' ? [statement.shape.by] : []),
      ];
  }
}

function variablesOf({ statement }: Claim): readonly string[] {
  if (statement.kind === 'comparison') return [];
  if (statement.kind !== 'shape') return [statement.variable];
  return statement.shape.variable === undefined ? [] : [statement.shape.variable.text];
}
