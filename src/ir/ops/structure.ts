/** Ops that shape derivatives, or move values, and compute nothing. */
import { swap } from '../build.js';
import type { Swap } from '../expr.js';
import type { MovingRecord, UnaryRecord } from '../op.js';

/** The stop-gradient: the value passes, the derivative is 0. */
export const stopGradient: UnaryRecord = {
  notation: { form: 'function', name: 'stop', latex: String.raw`\operatorname{sg}` },
  eval: (x) => x,
  range: (x) => x,
  direction: 'increasing',
  vjp: () => [],
};

/** Its own inverse, and so its own transpose. */
export const exchange: MovingRecord<Swap> = {
  range: (x) => x,
  transport: ({ value, guard }, { x }) => [
    { to: x, value: swap(value), ...(guard !== undefined && { guard: swap(guard) }) },
  ],
};
