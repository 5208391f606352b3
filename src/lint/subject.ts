/** Prepares what the lints read: one pass for ranges, and one for the conditions under which things are read. */
import { REALS, point, type Interval } from '../base/interval.js';
import { textOf, type Source } from '../base/source.js';
import type { Model } from '../check/model.js';
import type * as ir from '../ir/expr.js';
import { intern } from '../ir/graph.js';
import { declaredRanges, ranges, type Fact } from '../ir/range.js';
import type { Program } from '../ir/program.js';
import type { Expr } from '../syntax/ast.js';
import { contexts, usersFirst } from './contexts.js';
import { factsOf, type Facts } from './facts.js';
import type { Subject } from './lint.js';

const LONGEST_QUOTE = 48;

export interface Lowered {
  readonly program: Program;
  readonly places: ReadonlyMap<Expr, ir.Expr>;
}

/** Reads an objective for the lints. */
export function subjectOf(model: Model, { program, places }: Lowered, source: Source): Subject {
  const lets = new Map(model.lets.map(({ name, value }) => [name.text, value]));
  const letNamed = (name: string): Expr | undefined => lets.get(name);
  const results = [
    ...[...model.losses, ...model.metrics].map(({ value }) => value),
    // A gradient weight is a result, too.
    ...model.lets.filter(({ weight }) => weight !== undefined).map(({ value }) => value),
  ];
  const exprs = usersFirst([...results, ...model.assumptions], { letNamed });
  const placed = [...places.keys()];
  const shared = intern([...places.values()]).roots;
  const meanings = new Map(placed.map((expr, at) => [expr, shared[at]]));
  const meaningOf = (expr: Expr): ir.Expr | undefined => meanings.get(expr);

  const declared = declaredRanges(program);
  const tableOf = (
    given: ReadonlyMap<string, Interval>,
    facts: readonly Fact[],
  ): ReadonlyMap<Expr, Interval> => {
    const all = ranges(shared, given, facts);
    return new Map(placed.map((expr, at) => [expr, all[at] ?? REALS]));
  };
  const plain = tableOf(declared, []);
  const plainOf = (expr: Expr): Interval => plain.get(expr) ?? REALS;
  const assumed = model.assumptions.flatMap((one) =>
    factsOf(one, true, { meaningOf, letNamed, rangeOf: plainOf }),
  );
  const told = assumed.length === 0 ? plain : tableOf(declared, assumed);
  const rangeOf = (expr: Expr): Interval => told.get(expr) ?? REALS;

  let read: ReadonlyMap<Expr, Facts> | undefined;
  const factsAt = (expr: Expr): Facts | undefined => {
    read ??= contexts(results, exprs, { meaningOf, rangeOf, letNamed });
    return read.get(expr);
  };
  const rangeWhereRead = (expr: Expr): Interval => {
    const facts = factsAt(expr);
    const meaning = meaningOf(expr);
    if (meaning === undefined || facts === undefined || facts.size === 0) return rangeOf(expr);
    const own = [...facts].map(([of, { range }]) => ({ of, range }));
    return ranges([meaning], declared, assumed, own)[0] ?? REALS;
  };

  const isNonzeroWhereRead = (expr: Expr): boolean => {
    const meaning = meaningOf(expr);
    if (meaning === undefined) return false;
    const isAssumed = assumed.some(({ of, isNonzero }) => of === meaning && isNonzero === true);
    return isAssumed || factsAt(expr)?.get(meaning)?.isNonzero === true;
  };

  let atDefaults: ReadonlyMap<Expr, Interval> | undefined;
  const rangeAtDefaults = (expr: Expr): Interval => {
    const defaults = program.params.flatMap(({ name, default: value }) =>
      value === undefined ? [] : [[name, point(value)] as const],
    );
    atDefaults ??= tableOf(new Map([...declared, ...defaults]), assumed);
    return atDefaults.get(expr) ?? REALS;
  };

  const quote = (expr: Expr): string => {
    const text = textOf(source, expr.span)
      .replace(/#[^\n]*/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  };
  return {
    source,
    model,
    program,
    exprs,
    meaningOf,
    rangeOf,
    rangeWhereRead,
    isNonzeroWhereRead,
    rangeAtDefaults,
    letNamed,
    quote,
  };
}
