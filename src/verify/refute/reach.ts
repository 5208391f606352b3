/**
 * The values that inputs permit of what is varied along a line. A let takes those of its image, where its definition shows that,
 * and otherwise those to which one of its inputs carries it: shifted by as much as it is, and inside its own domain.
 */
import { paramsOf } from '../../base/domain.js';
import * as b from '../../proof/build.js';
import { parseRational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Value } from '../concrete/extended.js';
import { readConcretely, type ConcreteBatch } from '../concrete/reading.js';
import { contextOf, decide } from '../prover/context.js';
import { imageOf } from '../view/image.js';
import { domainOf } from './draw.js';
import { concreteBatch, decided } from './exact.js';
import type { Mover, Probe } from './probe.js';

/** What a value satisfies exactly if inputs permit it; nothing where that is not known, or not an interval. */
export type Permitted = (probe: Probe, values: Float64Array, x: Term) => readonly Condition[] | undefined;

/** By all inputs of what is varied. */
export const permitted: Permitted = (probe, values, x) => {
  const { subject, scene, varied, movers, possible } = probe;
  if (varied === undefined) return undefined;
  const { expr, element } = varied;
  if (expr.op === 'input') {
    const slot = (scene.startOf.get(expr.name) ?? 0) + element;
    const isBound = possible.some(({ info: { domain } }) => domain && paramsOf(domain).includes(expr.name));
    return isBound ? undefined : within(probe, values, slot, x);
  }
  const image = expr.op === 'named' ? imageOf(subject.program, expr.x) : undefined;
  if (image !== undefined) return image(x);
  for (const mover of movers) {
    const found = carriedBy(mover)(probe, values, x);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** By one mover alone. */
export const carriedBy =
  ({ input, slots }: Mover): Permitted =>
  (probe, values, x) => {
    const { scene, varied } = probe;
    const batch = concreteBatch(scene, values);
    const numbers = batch?.inputs.get(input);
    if (varied === undefined || batch === undefined || numbers === undefined) return undefined;
    const first = scene.startOf.get(input) ?? 0;
    const valueIn = (one: ConcreteBatch): Value =>
      readConcretely([varied.expr], one, undefined, decided).values(varied.expr)[varied.element];
    const start = valueIn(batch);
    if (typeof start !== 'object' || start.op !== 'number') return undefined;
    const by = b.difference(x, start);
    const elements = new Set(slots.map((slot) => slot - first));
    const end = valueIn({ ...batch, shift: { input, elements, by } });
    if (typeof end !== 'object' || decide(contextOf([]), b.equal(end, x)) !== true) return undefined;
    const domains = slots.map((slot) => {
      const number = numbers[slot - first];
      return number && within(probe, values, slot, b.sum(b.number(number), by));
    });
    const known = domains.filter((one) => one !== undefined);
    return known.length < domains.length ? undefined : known.flat();
  };

/** That a number of the batch keeps to its domain; nothing where that has gaps. */
function within(
  { possible, scene }: Probe,
  values: Float64Array,
  slot: number,
  value: Term,
): readonly Condition[] | undefined {
  const one = possible[slot];
  if (one === undefined || scene.slots[slot]?.role === 'tag') return undefined;
  if (one.info.domain === undefined) return [];
  const domain = domainOf(one, scene, values);
  if (domain?.kind !== 'interval' || domain.integer) return undefined;
  const { low, high, lowOpen, highOpen } = domain.interval;
  const end = (at: number, isOpen: boolean, from: (end: Term) => Term): readonly Condition[] => {
    const exact = parseRational(String(at));
    return exact === undefined ? [] : [b.literal(isOpen ? '>' : '>=', from(b.number(exact)))];
  };
  return [
    ...end(low, lowOpen, (least) => b.difference(value, least)),
    ...end(high, highOpen, (most) => b.difference(most, value)),
  ];
}
