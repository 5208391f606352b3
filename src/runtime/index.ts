/** What generated modules import as `veriloss/runtime`. It depends on tfjs-core and on nothing else. */
export { scanAlong, shiftAlong, within } from './along.js';
export { BatchError } from './batch-error.js';
export { differentiated, reported } from './differentiated.js';
export {
  clip,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  minimum,
  pow,
  sigmoid,
  sign,
  softplus,
  tanh,
} from './elementwise.js';
export { fusedResult } from './fused/run.js';
export { pathOf } from './fused/path.js';
export type { FusedForms, PathReport } from './fused/path.js';
export { prepare } from './layout.js';
export type { Layout, Placement } from './layout.js';
export {
  byGroup,
  column,
  release,
  repeated,
  scalar,
  spread,
  spreadFactor,
  toRollouts,
  widened,
} from './levels.js';
export { masked } from './masked.js';
export { nativeModel } from './native.js';
export type {
  NativeForm,
  NativeInput,
  NativeModel,
  NativeSource,
  NativeTensor,
  NativeUnavailable,
} from './native.js';
export { quantileOf } from './plain/arrays.js';
export type { Numbers } from './plain/arrays.js';
export type { LaneFlags, Memory } from './plain/memory.js';
export type { RowLayout } from './plain/row-layout.js';
export { quantile } from './quantile.js';
export { all, any, attains, count, first, logsumexp, max, mean, min, sum } from './reductions.js';
export { exchanged, ofOthers } from './peers.js';
export { select } from './select.js';
export type { Domain, DomainBound, FixedDomain, InputSpec, Interval, ParamSpec } from './specs.js';
export type { IndexSet } from './table.js';
export { idsOf, otherTag, sameTag, tagToRollouts } from './tags.js';
export { isDifferentiating, required } from './call.js';
export { checkBatch } from './validate.js';
