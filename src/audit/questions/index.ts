/** Every question, in the order of the page. */
import type { Question } from '../question.js';
import { confidentNegatives } from './confident-negatives.js';
import { continuity } from './continuity.js';
import { deadZones } from './dead-zones.js';
import { allRight, allWrong, alone, zeroVariance } from './degenerate-groups.js';
import { domination } from './domination.js';
import { misassignment } from './misassignment.js';
import { negativeSign } from './negative-sign.js';
import { positiveSign } from './positive-sign.js';
import { positivesBounded } from './positives-bounded.js';
import { rarePositives } from './rare-positives.js';
import { satisfiedNegatives } from './satisfied-negatives.js';
import { satisfiedPositives } from './satisfied-positives.js';
import { zeroSum } from './zero-sum.js';

export const questions: readonly Question[] = [
  misassignment,
  domination,
  positivesBounded,
  positiveSign,
  negativeSign,
  continuity,
  deadZones,
  satisfiedPositives,
  satisfiedNegatives,
  rarePositives,
  confidentNegatives,
  allRight,
  allWrong,
  zeroVariance,
  alone,
  zeroSum,
];
