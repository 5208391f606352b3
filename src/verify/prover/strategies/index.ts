/** What is tried on a goal without selections, in this order. */
import type { Strategy } from '../task.js';
import { coefficients } from './coefficients.js';
import { elimination } from './elimination.js';
import { exponents } from './exponents.js';
import { boxes } from './boxes.js';
import { line } from './line.js';
import { meeting } from './meeting.js';
import { deeperSaturation, saturation } from './saturation.js';

export const STRATEGIES: readonly Strategy[] = [
  saturation,
  deeperSaturation,
  line,
  coefficients,
  meeting,
  elimination,
  exponents,
  boxes,
];
