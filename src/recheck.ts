/** Checks a certificate against the text that it is about; what does so is `recheck/`, which knows nothing of the prover. */
export { recheck, type Question as RecheckRequest } from './recheck/recheck.js';
export type { Outcome as Rechecked } from './recheck/sequent.js';
