/** The claims of a text, decided: what `veriloss verify` reports. It calls the prover on each claim and words it as the source does. */
import { hasErrors, inOrder } from './base/diagnostic.js';
import { analyze, type Analysis, type Unit } from './compile.js';
import type { Resolve } from './link/link.js';
import type { Verdict } from './proof/verdict.js';
import { claimText } from './report/claim-text.js';
import { failures } from './report/verdict-diagnostic.js';
import type { Verified } from './report/verified.js';
import { budgetOf } from './verify/budget.js';
import { DEFAULT_STEPS, verifyClaim } from './verify/verify.js';
export { PROVER } from './verify/version.js';
export { DEFAULT_STEPS } from './verify/verify.js';
export type { Verified, VerifiedObjective } from './report/verified.js';

/** A claim before it is decided. */
export interface Asked {
  readonly unit: Unit;
  /** Its position among the objective's claims. */
  readonly at: number;
  readonly label?: string;
  /** As the source writes it, without mode and label, on one line. */
  readonly text: string;
}

/** What a claim is called among those of its text. */
export const claimName = ({ unit, at }: Asked): string => `${unit.program.name}/${String(at)}`;

export interface VerifyOptions {
  /** How many steps of work each claim may take: the same on every machine. */
  readonly budget?: number;
  /** Which claims are decided; all of them where nothing says it. */
  readonly only?: (claim: Asked) => boolean;
  /** Decides a claim in place of the prover, or asks it: a cache does. */
  readonly decide?: (claim: Asked, prove: () => Verdict) => Verdict;
}

/** The claims of an analysed text, in order. */
export const claimsOf = (analysis: Analysis): readonly Asked[] =>
  analysis.units.flatMap((unit) =>
    unit.program.claims.map(({ label, span }, at) => {
      const { text } = claimText(analysis.source, span);
      return { unit, at, ...(label === undefined ? {} : { label }), text };
    }),
  );

/** Decides the claims of a text without errors. */
export function verifyAnalysis(analysis: Analysis, options: VerifyOptions = {}): Verified {
  const { budget = DEFAULT_STEPS, only = () => true, decide = (_claim, prove) => prove() } = options;
  const verdictOf = (claim: Asked): Verdict => {
    const { unit, at, text } = claim;
    return decide(claim, () => ({ ...verifyClaim(unit.program, at, budgetOf(budget)), text }));
  };
  const asked = claimsOf(analysis).filter(only);
  return {
    source: analysis.source,
    objectives: analysis.units.map((unit) => ({
      name: unit.program.name,
      verdicts: asked.filter((claim) => claim.unit === unit).map(verdictOf),
    })),
  };
}

export interface Verification extends Verified {
  /** Where it has errors, no claim is decided. */
  readonly analysis: Analysis;
}

/** Analyses a text and decides its claims. Same text and options, same verdicts. */
export function verifyText(
  text: string,
  name?: string,
  resolve?: Resolve,
  options: VerifyOptions = {},
): Verification {
  const analysis = analyze(text, name, resolve);
  const verified = hasErrors(analysis.diagnostics)
    ? { source: analysis.source, objectives: [] }
    : verifyAnalysis(analysis, options);
  return { analysis, ...verified };
}

/** The diagnostics of a text, claims that fail among them. */
export function diagnosticsWithVerdicts(text: string, name?: string, resolve?: Resolve): Analysis {
  const { analysis, ...verified } = verifyText(text, name, resolve);
  const failed = failures([verified]).flatMap(({ diagnostics }) => diagnostics);
  return { ...analysis, diagnostics: inOrder([...analysis.diagnostics, ...failed]) };
}
