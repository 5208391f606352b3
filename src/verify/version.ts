/** The version of the prover: it changes with whatever may change a verdict or a certificate. */
export const PROVER = '0.2.1';
