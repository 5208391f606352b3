/** What is known while one objective is checked. */
import type { Diagnostic } from '../base/diagnostic.js';
import type { Domain } from '../base/domain.js';
import type { Interval } from '../base/interval.js';
import { textOf, type Source } from '../base/source.js';
import type { Type } from '../ir/type.js';
import type { Expr } from '../syntax/ast.js';
import type { Scope } from './scope.js';

export interface Context {
  readonly source: Source;
  readonly scope: Scope;
  readonly domains: ReadonlyMap<string, Domain>;
  /** Filled by `infer`; an expression with a reported mistake has no entry, and nothing more is said about it. */
  readonly types: Map<Expr, Type>;
  /** Filled by `infer`: the values that an expression of literals and parameters can take. */
  readonly bounds: Map<Expr, Interval>;
  readonly report: (diagnostic: Diagnostic) => void;
}

const LONGEST_QUOTE = 40;

/** The source text of an expression on one line, for a hint; a stand-in where it is long. */
export function quoted(expr: Expr, context: Context, standIn = 'x'): string {
  const text = textOf(context.source, expr.span)
    .replace(/#[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' || text.length > LONGEST_QUOTE ? standIn : text;
}
