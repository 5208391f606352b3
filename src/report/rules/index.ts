/** Why a claim fails; the first that is the case is told. */
import { provedRefutation } from './proved-refutation.js';
import { refutedClaim } from './refuted-claim.js';
import type { VerdictRule } from './rule.js';
import { unbounded } from './unbounded.js';
import { undefinedValue } from './undefined-value.js';
import { unknownClaim } from './unknown-claim.js';
import { vacuousClaim } from './vacuous-claim.js';

export const verdictRules: readonly VerdictRule[] = [
  vacuousClaim,
  undefinedValue,
  unknownClaim,
  provedRefutation,
  unbounded,
  refutedClaim,
];
