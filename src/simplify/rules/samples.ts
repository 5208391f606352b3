/** Names for the instances that rules are tested on: one input per level and kind. */
import { eq, input, ONE, gt, ZERO } from '../../ir/build.js';

export const X = input('data', 'x', 'token');
export const Y = input('data', 'y', 'token');
export const R = input('data', 'r', 'rollout');
export const Q = input('data', 'q', 'rollout');
export const G = input('data', 'g', 'group');
export const OTHERS = { from: 'peer', to: 'rollout' } as const;
export const P = input('param', 'p', 'batch');
export const C = gt(X, ZERO);
export const D = eq(R, ONE);
