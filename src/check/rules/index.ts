/** Every kind of diagnostic of the checker, in order of its code. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { unusedFunction } from './unused-function.js';
import { expansion } from './expansion.js';
import { importedWrong } from './imported-wrong.js';
import { importedName } from './imported-name.js';
import { importCircle } from './import-circle.js';
import { importPath } from './import-path.js';
import { builtInName } from './built-in-name.js';
import { aggregateWithoutLevel } from './aggregate-without-level.js';
import { anchorLevel } from './anchor-level.js';
import { argumentCount } from './argument-count.js';
import { argumentLabel } from './argument-label.js';
import { batchReduced } from './batch-reduced.js';
import { boundName } from './bound-name.js';
import { claimShape } from './claim-shape.js';
import { clipCrossed } from './clip-crossed.js';
import { closedInfinity } from './closed-infinity.js';
import { defaultOutside } from './default-outside.js';
import { differentKinds } from './different-kinds.js';
import { duplicateName } from './duplicate-name.js';
import { emptyDomain } from './empty-domain.js';
import { extremePlace } from './extreme-place.js';
import { finerArgument } from './finer-argument.js';
import { functionWithLevel } from './function-with-level.js';
import { gradAround } from './grad-around.js';
import { gradLevel } from './grad-level.js';
import { gradMinimized } from './grad-minimized.js';
import { gradPath } from './grad-path.js';
import { gradVariable } from './grad-variable.js';
import { infinityAsValue } from './infinity-as-value.js';
import { kindMismatch } from './kind-mismatch.js';
import { laterName } from './later-name.js';
import { metricLevel } from './metric-level.js';
import { metricRead } from './metric-read.js';
import { missingAnchor } from './missing-anchor.js';
import { missingLabel } from './missing-label.js';
import { needlessAnchor } from './needless-anchor.js';
import { noGradient } from './no-gradient.js';
import { noObjective } from './no-objective.js';
import { numberRange } from './number-range.js';
import { objectiveLevel } from './objective-level.js';
import { outerLevel } from './outer-level.js';
import { powerBase } from './power-base.js';
import { quantileLevel } from './quantile-level.js';
import { quantileShare } from './quantile-share.js';
import { reservedName } from './reserved-name.js';
import { scanArgumentLevel } from './scan-argument-level.js';
import { scanCondition } from './scan-condition.js';
import { scanLevel } from './scan-level.js';
import { scanOuter } from './scan-outer.js';
import { severalObjectives } from './several-objectives.js';
import { tagComparison } from './tag-comparison.js';
import { tagDomain } from './tag-domain.js';
import { tagUsed } from './tag-used.js';
import { shiftDistance } from './shift-distance.js';
import { unknownFunction } from './unknown-function.js';
import { unknownName } from './unknown-name.js';
import { unusedInput } from './unused-input.js';
import { unusedLet } from './unused-let.js';

export const checkRules: readonly DiagnosticKind[] = [
  unknownName,
  duplicateName,
  unknownFunction,
  laterName,
  reservedName,
  aggregateWithoutLevel,
  functionWithLevel,
  argumentCount,
  argumentLabel,
  metricRead,
  builtInName,
  importPath,
  importCircle,
  importedName,
  importedWrong,
  expansion,
  missingLabel,
  objectiveLevel,
  kindMismatch,
  finerArgument,
  outerLevel,
  batchReduced,
  missingAnchor,
  anchorLevel,
  needlessAnchor,
  differentKinds,
  metricLevel,
  infinityAsValue,
  noObjective,
  severalObjectives,
  claimShape,
  extremePlace,
  tagUsed,
  tagComparison,
  scanLevel,
  scanOuter,
  scanCondition,
  scanArgumentLevel,
  shiftDistance,
  quantileLevel,
  emptyDomain,
  defaultOutside,
  closedInfinity,
  clipCrossed,
  numberRange,
  powerBase,
  boundName,
  tagDomain,
  quantileShare,
  noGradient,
  gradMinimized,
  gradVariable,
  gradLevel,
  gradPath,
  unusedFunction,
  unusedLet,
  unusedInput,
  gradAround,
];
