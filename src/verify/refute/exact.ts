/** The numbers of a candidate as the decimals that they are written as. */
import { parseRational, type Rational } from '../../proof/rational.js';
import type { Literal } from '../../proof/term.js';
import type { ConcreteBatch } from '../concrete/reading.js';
import { encloseTerm, standsSo } from '../interval/term.js';
import type { Scene } from './scene.js';

export function concreteBatch(
  { ragged, slots, startOf }: Scene,
  values: Float64Array,
): ConcreteBatch | undefined {
  const exact = Array.from(values, (value) => parseRational(String(value)));
  const params = new Map<string, Rational>();
  const inputs = new Map<string, readonly Rational[]>();
  for (const [name, start] of startOf) {
    const slot = slots[start];
    if (slot === undefined) continue;
    const own = exact.slice(start, start + (slot.role === 'param' ? 1 : ragged.sizes[slot.level]));
    const known = own.filter((one) => one !== undefined);
    const [first] = known;
    if (first === undefined || known.length < own.length) return undefined;
    if (slot.role === 'param') params.set(name, first);
    else inputs.set(name, known);
  }
  return { ragged, params, inputs };
}

/** Decides what speaks of constants alone: where their enclosures tell, or they are rational. */
export const decided = ({ op, x }: Literal): boolean | undefined => standsSo(op, encloseTerm(x, new Map()));
