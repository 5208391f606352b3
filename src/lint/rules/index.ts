/** Every lint: what is wrong for some batch first, then what is probably not meant, then what is worth knowing. */
import type { Lint } from '../lint.js';
import { radiusAsCap } from './cap-below-one.js';
import { idleClip } from './clip-without-effect.js';
import { decidedCondition } from './constant-condition.js';
import { divisionByPossibleZero } from './division-by-zero.js';
import { unboundedExponential } from './exponential-overflow.js';
import { ambiguousReduction } from './framework-reduction.js';
import { clampedLogRatio } from './guard-dead-zone.js';
import { linearPenalty } from './k1-as-loss.js';
import { forwardPenalty } from './k3-as-loss.js';
import { logarithmOfZero } from './logarithm-domain.js';
import { unboundedRatio } from './no-trust-region.js';
import { powerOfZero } from './power-domain.js';
import { rootOfNegative } from './root-domain.js';
import { valueNamedLikeFunction } from './shadowed-function.js';
import { maskedInfinity } from './zero-times-infinity.js';

export const lints: readonly Lint[] = [
  logarithmOfZero,
  rootOfNegative,
  powerOfZero,
  valueNamedLikeFunction,
  decidedCondition,
  divisionByPossibleZero,
  unboundedExponential,
  maskedInfinity,
  idleClip,
  radiusAsCap,
  linearPenalty,
  forwardPenalty,
  ambiguousReduction,
  unboundedRatio,
  clampedLogRatio,
];
