/**
 * Every known difference, in the order in which they are tried and told: symptoms that say where to look first, then
 * factors, then other formulas.
 */
import type { Difference } from '../difference.js';
import { anchorMissing } from './anchor-missing.js';
import { batchStatistics } from './batch-statistics.js';
import { clipBounds } from './clip-bounds.js';
import { clipSide } from './clip-side.js';
import { constantFactor } from './constant-factor.js';
import { dualClip } from './dual-clip.js';
import { emptyNan } from './empty-nan.js';
import { emptyRolloutsDropped } from './empty-rollouts-dropped.js';
import { filteredDenominator } from './filtered-denominator.js';
import { groupOrder } from './group-order.js';
import { guardedRatio } from './guarded-ratio.js';
import { klClamped } from './kl-clamped.js';
import { klEstimator } from './kl-estimator.js';
import { leaveOneOut } from './leave-one-out.js';
import { loneRollout } from './lone-rollout.js';
import { maskIgnored } from './mask-ignored.js';
import { maskLeak } from './mask-leak.js';
import { maskedGradient } from './masked-gradient.js';
import { microBatch } from './micro-batch.js';
import { otherNormaliser } from './other-normaliser.js';
import { overflow } from './overflow.js';
import { paddedWidth } from './padded-width.js';
import { parameterIgnored } from './parameter-ignored.js';
import { rolloutMean } from './rollout-mean.js';
import { rolloutSum } from './rollout-sum.js';
import { rowLengthFactor } from './row-length-factor.js';
import { sequenceRatio } from './sequence-ratio.js';
import { sign } from './sign.js';
import { singlePrecision } from './single-precision.js';
import { stdDdof } from './std-ddof.js';
import { stdEps } from './std-eps.js';
import { stdPresence } from './std-presence.js';
import { stopAdded } from './stop-added.js';
import { stopMissing } from './stop-missing.js';
import { tokenMean } from './token-mean.js';

export const DIFFERENCES: readonly Difference[] = [
  singlePrecision,
  maskLeak,
  maskedGradient,
  emptyNan,
  overflow,
  maskIgnored,
  sign,
  constantFactor,
  parameterIgnored,
  tokenMean,
  rolloutMean,
  rolloutSum,
  paddedWidth,
  otherNormaliser,
  rowLengthFactor,
  emptyRolloutsDropped,
  filteredDenominator,
  microBatch,
  groupOrder,
  stdDdof,
  stdEps,
  stdPresence,
  batchStatistics,
  leaveOneOut,
  loneRollout,
  guardedRatio,
  clipSide,
  clipBounds,
  dualClip,
  sequenceRatio,
  klClamped,
  klEstimator,
  stopMissing,
  stopAdded,
  anchorMissing,
];
