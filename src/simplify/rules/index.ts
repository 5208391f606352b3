/** Every rule, in the order in which they are tried. */
import type { Rule } from '../rule.js';
import { along } from './along.js';
import { bounds } from './bounds.js';
import { constants } from './constants.js';
import { deviations } from './deviations.js';
import { factors } from './factors.js';
import { names } from './names.js';
import { selections } from './selections.js';
import { signs } from './signs.js';
import { sums } from './sums.js';
import { others } from './others.js';

export const RULES: readonly Rule[] = [
  ...constants,
  ...names,
  ...others,
  ...selections,
  ...signs,
  ...along,
  ...bounds,
  ...deviations,
  ...factors,
  ...sums,
];
