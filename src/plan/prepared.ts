/** What a plan starts from: the wanted values, cheaper, each of their parts once, with the names that the program gave. */
import type { Level } from '../base/level.js';
import type { Expr } from '../ir/expr.js';
import { intern, operandsOf } from '../ir/graph.js';
import { prepareForCode } from './rewrite.js';

export interface Wanted {
  readonly name: string;
  readonly level: Level;
  readonly value: Expr;
}
/** A name for a value, used where the value is computed anyway. */
export type Called = Pick<Wanted, 'name' | 'value'>;

/** What is to be computed, and what of it has a name: names follow their values through all rewrites. */
export function prepared(
  wanted: readonly Wanted[],
  called: readonly Called[],
): {
  readonly nodes: readonly Expr[];
  readonly roots: readonly Expr[];
  readonly names: ReadonlyMap<Expr, string>;
} {
  const shared = intern([...wanted, ...called].map(({ value }) => value)).roots;
  const values = shared.slice(0, wanted.length);
  const computed = new Set(intern(values).nodes);
  const found = called.flatMap(({ name }, at) => {
    const value = shared[wanted.length + at];
    return value !== undefined && computed.has(value) && operandsOf(value).length > 0
      ? [{ name, value }]
      : [];
  });
  const rewritten = prepareForCode(
    values,
    found.map(({ value }) => value),
  );
  const { nodes, roots } = intern(rewritten.roots);
  const names = new Map<Expr, string>();
  found.forEach(({ name }, at) => {
    const value = rewritten.others[at];
    if (value !== undefined && !names.has(value)) names.set(value, name);
  });
  return { nodes, roots, names };
}
