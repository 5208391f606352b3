/** Ops that shape derivatives rather than values. */
import type { UnaryRecord } from '../op.js';

/** The stop-gradient: the value passes, the derivative is 0. */
export const stopGradient: UnaryRecord = {
  notation: { form: 'function', name: 'stop', latex: String.raw`\operatorname{sg}` },
  eval: (x) => x,
  range: (x) => x,
  direction: 'increasing',
  vjp: () => [],
};
