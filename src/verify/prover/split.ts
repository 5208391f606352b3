/** Which condition to decide next, so that selections and disjunctions go away: the innermost, most wanted and simplest. */
import * as build from '../../proof/build.js';
import type { Condition, Literal } from '../../proof/term.js';
import { decide, type Context } from './context.js';
import { keyOf } from '../../proof/key.js';
import { hasSelect, literalsOf, sizeOf, subparts, type Part } from './walk.js';

/** A literal or flag that the parts' selections and disjunctions wait for; nothing where they have none. */
export function nextCase(context: Context, parts: readonly Condition[]): Condition | undefined {
  const wanted = new Map<string, { readonly on: Condition; count: number }>();
  for (const condition of waiting(parts))
    for (const one of atomsOf(condition)) {
      if (hasSelect(one) || decide(context, one) !== undefined) continue;
      const key = keyOf(one);
      const known = wanted.get(key);
      if (known === undefined) wanted.set(key, { on: one, count: 1 });
      else known.count += 1;
    }
  let best: { readonly on: Condition; readonly cost: number } | undefined;
  for (const { on, count } of wanted.values()) {
    const cost = sizeOf(on) / Math.min(count, 4);
    if (best === undefined || cost < best.cost) best = { on, cost };
  }
  return best?.on;
}

function waiting(parts: readonly Condition[]): readonly Condition[] {
  const inside = subparts(...parts).flatMap((part: Part) => (part.op === 'select' ? [part.if] : []));
  const open = parts.filter((one) => one.op === 'or');
  return [...inside, ...open];
}
function atomsOf(condition: Condition): readonly Condition[] {
  const literals: readonly (Literal | Condition)[] = literalsOf(condition);
  const flags = subparts(condition).flatMap((part): Condition[] => (part.op === 'flag' ? [part] : []));
  return [...literals, ...flags];
}

/** A term that is not 0 lies on one side of it: the goal's, of which no side is known. */
export function nonzeroCase(context: Context, parts: readonly Condition[]): Condition | undefined {
  for (const one of parts) {
    if (one.op !== '!=' || hasSelect(one)) continue;
    const above = build.literal('>', one.x);
    if (decide(context, above) === undefined && decide(context, build.not(above)) === undefined) return above;
  }
  return undefined;
}
