/** What carried meaning only for differentiation drops out after it. Never applied before a derivative is taken. */
import { named, stop } from '../../ir/build.js';
import type { Rule } from '../rule.js';
import { X } from './samples.js';

export const stopIsIdentity: Rule = {
  name: 'stop-is-identity',
  mode: 'float',
  equation: 'stop(x) = x',
  condition: 'the derivative has been taken',
  apply: (expr) => (expr.op === 'stop' ? expr.x : undefined),
  instances: [stop(X)],
};

/** For code only: people read names. */
export const dropNames: Rule = {
  name: 'drop-names',
  mode: 'float',
  onlyForCode: true,
  equation: 'the value that a name stands for = the name',
  condition: 'the derivative has been taken',
  apply: (expr) => (expr.op === 'named' ? expr.x : undefined),
  instances: [named('x', X)],
};

export const names: readonly Rule[] = [stopIsIdentity, dropNames];
