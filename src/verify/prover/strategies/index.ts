/** What is tried on a goal without selections, in this order. */
import type { Strategy } from '../task.js';
import { apart } from './apart.js';
import { chords } from './chords.js';
import { clashes } from './clashes.js';
import { coefficients } from './coefficients.js';
import { disjunctions, selections, values } from './disjunctions.js';
import { elimination, pairs } from './elimination.js';
import { exponents } from './exponents.js';
import { boxes } from './boxes.js';
import { line } from './line.js';
import { meeting } from './meeting.js';
import { powers } from './powers.js';
import { vanishing } from './vanishing.js';
import { squeezed } from './squeezed.js';
import { deeperSaturation, farther, saturation } from './saturation.js';

export const STRATEGIES: readonly Strategy[] = [
  squeezed,
  chords,
  pairs,
  vanishing,
  saturation,
  powers,
  clashes,
  apart,
  values,
  line,
  exponents,
  coefficients,
  meeting,
  disjunctions,
  selections,
  deeperSaturation,
  elimination,
  farther,
  boxes,
];
