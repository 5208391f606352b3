/** What a picture of gradient weights holds, however it is drawn: curves, bounds and marked points over one range of s. */
import type { DerivedProgram, Weight } from '../ir/program.js';
import type { Expr } from '../ir/expr.js';
import type { Witness } from '../proof/verdict.js';
import { cornersOf, piecesOf, type Piece, type Point, type Range } from './curve.js';
import { sceneOf, type Role, type Scene, type SceneOptions } from './scene.js';
import { traceOf } from './trace.js';

export interface Curve {
  /** `real, positive`. */
  readonly label: string;
  /** Position among the objectives, from which its colour comes. */
  readonly objective: number;
  readonly sign: Role['sign'];
  readonly pieces: readonly Piece[];
  /** Where it turns without a jump. */
  readonly corners: readonly Point[];
}
/** A claim that does not hold: |w| in its witness's batch, and the points that break it. */
export interface WitnessCurve {
  /** As the source calls the claim. */
  readonly label: string;
  readonly objective: number;
  readonly sign: Role['sign'];
  readonly pieces: readonly Piece[];
  readonly points: readonly Point[];
}
export interface Bound {
  /** As the source writes it. */
  readonly label: string;
  readonly objective: number;
  readonly sign: Role['sign'];
  readonly y: number;
}
export interface Picture {
  readonly title: string;
  readonly x: Range;
  readonly y: Range;
  readonly curves: readonly Curve[];
  readonly bounds: readonly Bound[];
  readonly witnesses: readonly WitnessCurve[];
}

/** One weight of one objective to draw. */
export interface Drawn {
  readonly program: DerivedProgram;
  readonly weight: Weight;
  readonly params: ReadonlyMap<string, number>;
  /** Bounds that the objective claims of |weight|, with the source's words. */
  readonly bounds: readonly { readonly label: string; readonly guard?: Expr; readonly value: Expr }[];
  /** Of claims about this weight that do not hold, with the claims' names. */
  readonly witnesses: readonly { readonly label: string; readonly witness: Witness }[];
}

export interface PictureOptions {
  readonly x: Range;
  readonly each: SceneOptions['each'];
}

/** The absolute weights against the own log-ratio, for a right and a wrong rollout of each objective. */
export function pictureOf(all: readonly Drawn[], options: PictureOptions): Picture {
  const scenes = all.map(({ program, weight, params }) =>
    sceneOf(program, weight, { each: options.each, params }),
  );
  const curves = all.flatMap(({ program, weight }, objective) => {
    const scene = scenes[objective];
    return (scene?.roles ?? []).map((role): Curve => {
      const size = (s: number): number => Math.abs(scene?.at(role, s, [weight.value])[0] ?? NaN);
      const label = `${program.name}, ${role.sign}`;
      const pieces = piecesOf(size, options.x);
      return { label, objective, sign: role.sign, pieces, corners: cornersOf(size, pieces) };
    });
  });
  const bounds = all.flatMap((one, objective) => boundsOf(one, scenes[objective], objective));
  const witnesses = all.flatMap(({ program, weight, witnesses: given }, objective) =>
    given.flatMap(({ label, witness }): WitnessCurve[] => {
      const trace = traceOf(program, weight, witness, options.x);
      return trace === undefined ? [] : [{ label, objective, ...trace }];
    }),
  );
  const title =
    all.length === 1
      ? `|${all[0]?.weight.name ?? 'w'}| of ${all[0]?.program.name ?? ''}`
      : '|gradient weight| by objective';
  return { title, x: options.x, y: heightOf(curves, bounds), curves, bounds, witnesses };
}

function boundsOf({ bounds }: Drawn, scene: Scene | undefined, objective: number): readonly Bound[] {
  if (scene === undefined) return [];
  const { roles, at } = scene;
  return bounds.flatMap(({ label, guard, value }) =>
    roles.flatMap((role): Bound[] => {
      const [y = NaN, holds = 1] = at(role, 0, guard === undefined ? [value] : [value, guard]);
      return holds === 1 && Number.isFinite(y) ? [{ label, objective, sign: role.sign, y }] : [];
    }),
  );
}

/**
 * From 0 to a little over what matters: curves that leave the picture are cut where they are five times as high as the bounds and
 * the others, so that one unbounded weight does not flatten all the rest.
 */
function heightOf(curves: readonly Curve[], bounds: readonly Bound[]): Range {
  const tops = curves.map(({ pieces }) => Math.max(0, ...pieces.flat().map(({ y }) => y)));
  const lines = bounds.map(({ y }) => y);
  const smallest = Math.min(...tops.filter((top) => top > 0));
  const calm = [...tops.filter((top) => top <= 5 * smallest), ...lines.filter((y) => y <= 5 * smallest)];
  const high = Math.max(...calm.filter(Number.isFinite), 0);
  return { low: 0, high: high > 0 ? high * 1.08 : 1 };
}
