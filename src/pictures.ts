/** Pictures of objectives' gradient weights: which weight, which claimed bounds, and what the source calls them. */
import { textOf, type Source } from './base/source.js';
import type { Unit } from './compile.js';
import type { Claim } from './ir/claim.js';
import type { Expr } from './ir/expr.js';
import { intern } from './ir/graph.js';
import type { DerivedProgram, Weight } from './ir/program.js';
import { pictureOf, type Drawn, type Picture, type PictureOptions } from './plot/picture.js';
import type { Witness } from './proof/verdict.js';

export interface Subject {
  readonly unit: Unit;
  readonly source: Source;
  /** A value for every parameter. */
  readonly params: ReadonlyMap<string, number>;
  /** Which gradient weight; the first where it is not said. */
  readonly weight?: string;
  /** What breaks its claims. */
  readonly witnesses?: readonly {
    readonly claim: number;
    readonly label: string;
    readonly witness: Witness;
  }[];
}
export type Pictured = { readonly picture: Picture } | { readonly problem: string };

/** A picture of one weight of each objective; or why there is none. */
export function picture(subjects: readonly Subject[], options: PictureOptions): Pictured {
  const drawn: Drawn[] = [];
  for (const subject of subjects) {
    const { program } = subject.unit;
    const weight = weightOf(program, subject.weight);
    if (typeof weight === 'string') return { problem: weight };
    const { params, witnesses = [] } = subject;
    const own = witnesses.filter(({ claim }) => isAbout(program.claims[claim], weight));
    drawn.push({ program, weight, params, bounds: boundsOf(subject, weight), witnesses: own });
  }
  const made = pictureOf(drawn, options);
  const missing = drawn.find((_, at) => made.curves.every(({ objective }) => objective !== at));
  return missing === undefined
    ? { picture: made }
    : {
        problem: `the weight \`${missing.weight.name}\` of ${missing.program.name} is 0 for every rollout on-policy`,
      };
}

function weightOf({ name, weights }: DerivedProgram, wanted: string | undefined): Weight | string {
  const found = weights.find((one) => wanted === undefined || one.name === wanted);
  if (found !== undefined) return found;
  const named = weights.map((one) => `\`${one.name}\``).join(', ');
  if (weights.length === 0) return `${name} names no gradient weight: write \`let w = grad(cost, score)\``;
  return `${name} has no gradient weight \`${wanted ?? ''}\`: it has ${named}`;
}

/** Whether what a claim says is said of the weight. */
function isAbout(claim: Claim | undefined, weight: Weight): boolean {
  if (claim === undefined) return false;
  const { statement } = claim;
  const parts = statement.kind === 'comparison' ? [statement.left, statement.right] : [statement.of];
  return intern(parts).nodes.some((node) => node.op === 'named' && node.name === weight.name);
}

/** What the objective claims that |weight|, or the weight, stays below. */
function boundsOf({ unit: { program, model }, source }: Subject, weight: Weight): Drawn['bounds'] {
  return program.claims.flatMap((claim, at) => {
    const value = boundIn(claim, weight);
    const statement = model.claims[at]?.statement;
    if (value === undefined || claim.mode === 'refute' || statement?.kind !== 'comparison') return [];
    const label = textOf(source, statement.right.span).replace(/\s+/g, ' ');
    return [{ label, ...(claim.guard === undefined ? {} : { guard: claim.guard }), value }];
  });
}

function boundIn({ statement, assuming }: Claim, weight: Weight): Expr | undefined {
  if (statement.kind !== 'comparison' || assuming !== undefined) return undefined;
  const { operator, left, right } = statement;
  const size = left.op === 'abs' ? left.x : undefined;
  return operator.startsWith('<') && size === weight.value ? right : undefined;
}
