/** Every family of test vectors, in the order in which they are written. */
import type { Family } from '../family.js';
import { boundaries } from './boundaries.js';
import { degenerateGroups } from './groups.js';
import { kinks } from './kinks.js';
import { layout } from './layout.js';
import { lengths } from './lengths.js';
import { masked } from './masked.js';
import { parameters } from './parameters.js';
import { extremeRatios, offPolicy, onPolicy } from './policies.js';
import { typical } from './typical.js';

export const FAMILIES: readonly Family[] = [
  typical,
  onPolicy,
  offPolicy,
  extremeRatios,
  degenerateGroups,
  lengths,
  masked,
  layout,
  boundaries,
  kinks,
  parameters,
];
