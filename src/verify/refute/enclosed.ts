/** TEMPORARY */
import { evaluate } from '../../ir/eval.js';
import { point, type Enclosure } from '../interval/enclosure.js';
import type { Expr } from '../../ir/expr.js';
import type { Scene } from './scene.js';
import type { Place } from './tape.js';

export function enclosedAt(
  places: readonly Place[],
  scene: Scene,
  values: Float64Array,
  cut?: Place & { readonly value: Enclosure },
): readonly Enclosure[] {
  void cut;
  const params = new Map(scene.slots.flatMap((s, i) => (s.kind === 'param' ? [[s.name, values[i] ?? NaN] as const] : [])));
  const inputs = new Map<string, Float64Array>();
  for (const [name, start] of scene.startOf) {
    const slot = scene.slots[start];
    if (slot?.kind === 'input') inputs.set(name, values.slice(start, start + scene.ragged.sizes[slot.level]));
  }
  const exprs: Expr[] = places.map(({ expr }) => expr);
  const out = evaluate(exprs, scene.ragged, { params, inputs });
  return places.map(({ element }, at) => {
    const v = out[at]?.[element] ?? NaN;
    const d = places[at]?.expr.type.kind === 'bool' ? 0 : Math.abs(v) * 1e-12;
    return Number.isNaN(v) ? point(NaN) : d === 0 ? point(v) : { low: v - d, high: v + d, lowOpen: false, highOpen: false };
  });
}
