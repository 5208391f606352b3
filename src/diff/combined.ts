/** Two programs as one, on the same batch: inputs and parameters of one name are the same, lets of one name need not be. */
import { domainText, hullOf, type Domain } from '../base/domain.js';
import { named } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { rebuild, sameExpr } from '../ir/graph.js';
import type { DerivedProgram, InputInfo, ParamInfo } from '../ir/program.js';

export interface Combined {
  /** Without claims; the losses are those of the first. */
  readonly program: DerivedProgram;
  /** An expression of the second, in the combined program. */
  readonly ofSecond: (expr: Expr) => Expr;
}
export type Combination =
  | { readonly combined: Combined; readonly stated: readonly string[] }
  | { readonly incomparable: readonly string[] };

const quoted = (name: string): string => `\`${name}\``;
const roleText = ({ role, level }: InputInfo): string => `${role} per ${level}`;

/** What the declarations differ in, and both programs as one where they can be. */
export function combine(first: DerivedProgram, second: DerivedProgram): Combination {
  const incomparable = second.inputs.flatMap((b) => {
    const a = first.inputs.find(({ name }) => name === b.name);
    return a === undefined || (a.role === b.role && a.level === b.level)
      ? []
      : [`${quoted(b.name)} is ${roleText(a)} in the first and ${roleText(b)} in the second`];
  });
  const kinds = second.params.flatMap(({ name }) =>
    first.inputs.some((one) => one.name === name)
      ? [`${quoted(name)} is an input in the first and a parameter in the second`]
      : [],
  );
  const others = second.inputs.flatMap(({ name }) =>
    first.params.some((one) => one.name === name)
      ? [`${quoted(name)} is a parameter in the first and an input in the second`]
      : [],
  );
  const all = [...incomparable, ...kinds, ...others];
  if (all.length > 0) return { incomparable: all };
  const program: DerivedProgram = {
    ...first,
    params: union(first.params, second.params),
    inputs: union(first.inputs, second.inputs),
    lets: [...first.lets, ...second.lets.map((one) => ({ ...one, value: renamed(one.value, first) }))],
    assumptions: [...first.assumptions, ...second.assumptions.map((one) => renamed(one, first))],
    weights: [],
    metrics: [],
    claims: [],
  };
  const stated = [
    ...statedOf('parameter', first.params, second.params),
    ...statedOf('input', first.inputs, second.inputs),
  ];
  return { combined: { program, ofSecond: (expr) => renamed(expr, first) }, stated };
}

/** Where both declare a name, the narrower domain: there both are defined. */
function union<Info extends ParamInfo | InputInfo>(a: readonly Info[], b: readonly Info[]): readonly Info[] {
  const merged = a.map((one): Info => {
    const other = b.find(({ name }) => name === one.name);
    const isNarrower =
      other?.domain !== undefined && (one.domain === undefined || isInside(other.domain, one.domain));
    return isNarrower ? { ...one, domain: other.domain } : one;
  });
  return [...merged, ...b.filter(({ name }) => !a.some((one) => one.name === name))];
}

function isInside(inner: Domain, outer: Domain): boolean {
  const [a, b] = [hullOf(inner), hullOf(outer)];
  return a.low >= b.low && a.high <= b.high && (a.low > b.low || a.high < b.high || inner.kind === 'set');
}

/** A let of the second that is not the first's has a name of its own: an apostrophe stands in no program. */
function renamed(root: Expr, first: DerivedProgram): Expr {
  const own = new Map(first.lets.map(({ name, value }) => [name, value]));
  const { roots } = rebuild([root], (expr) => {
    if (expr.op !== 'named') return expr;
    const other = own.get(expr.name);
    if (other === undefined || sameExpr(other, expr)) return expr;
    return named(`${expr.name}'`, expr.x, expr.type.level);
  });
  return roots[0] ?? root;
}

function statedOf(
  what: string,
  a: readonly (ParamInfo | InputInfo)[],
  b: readonly (ParamInfo | InputInfo)[],
): readonly string[] {
  const missing = (from: typeof a, to: typeof a, where: string): readonly string[] =>
    from
      .filter(({ name }) => !to.some((one) => one.name === name))
      .map(({ name }) => `${what} ${quoted(name)} is in the ${where} only`);
  const changed = a.flatMap((one) => {
    const other = b.find(({ name }) => name === one.name);
    if (other === undefined) return [];
    const [before, after] = [textOf(one), textOf(other)];
    return before === after ? [] : [`${what} ${quoted(one.name)}: ${before} → ${after}`];
  });
  return [...missing(a, b, 'first'), ...missing(b, a, 'second'), ...changed];
}

function textOf(one: ParamInfo | InputInfo): string {
  const domain = one.domain === undefined ? 'any value' : `in ${domainText(one.domain)}`;
  return 'default' in one && one.default !== undefined ? `${domain} = ${String(one.default)}` : domain;
}

/** The model's outputs that both know, as expressions. */
export const sharedModels = (a: DerivedProgram, b: DerivedProgram): readonly string[] =>
  [...a.inputs, ...b.inputs]
    .filter(({ role }) => role === 'model')
    .map(({ name }) => name)
    .filter((name, at, all) => all.indexOf(name) === at);
