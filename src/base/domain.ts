/** The declared domains of inputs and parameters. */
import type { Interval } from './interval.js';

export type Domain =
  | { readonly kind: 'interval'; readonly integer: boolean; readonly interval: Interval }
  | { readonly kind: 'set'; readonly values: readonly number[] };
