/** One fuzzed case: a random objective, its claims decided, and every proof judged. */
import { analyze } from '../../../src/compile.js';
import { certificateJson } from '../../../src/proof/certificate-json.js';
import { recheck } from '../../../src/recheck.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { verifyClaim } from '../../../src/verify/verify.js';
import { contradiction } from './contradict.js';
import { objectiveText } from './generate.js';

export interface Outcome {
  readonly proved: number;
  readonly refuted: number;
  readonly unknown: number;
  /** Certificates that the checker refused, with its reasons. */
  readonly refused: readonly string[];
  /** Proofs that sampling contradicts, and witnesses that do not hold: each is a defect of the verifier. */
  readonly wrong: readonly string[];
}

export interface FuzzOptions {
  /** Steps of work per claim. */
  readonly steps: number;
  /** Samples per proof. */
  readonly samples: number;
  readonly rechecked: boolean;
}

/** Decides the claims of the objective of a seed; nothing where the checker of programs refuses it. */
export function fuzz(seed: number, { steps, samples, rechecked }: FuzzOptions): Outcome | undefined {
  const text = objectiveText(seed);
  const [unit] = analyze(text).units;
  if (unit === undefined) return undefined;
  const { program } = unit;
  const counts = { proved: 0, refuted: 0, unknown: 0 };
  const [refused, wrong]: [string[], string[]] = [[], []];
  program.claims.forEach((claim, at) => {
    const verdict = verifyClaim(program, at, budgetOf(steps));
    counts[verdict.status] += 1;
    const name = `seed ${String(seed)}, claim ${String(at)}: ${text.slice(claim.span.start, claim.span.end)}`;
    if (verdict.status === 'proved') {
      const found = contradiction(program, claim, seed * 10 + at, samples);
      if (found !== undefined) wrong.push(`${name} proved, but ${found}`);
    }
    if (!rechecked || verdict.status === 'unknown') return;
    const checked = recheck({
      text,
      name: 'fuzzed.obj',
      certificate:
        verdict.certificate === undefined
          ? undefined
          : JSON.parse(JSON.stringify(certificateJson(verdict.certificate))),
      witness: verdict.witness === undefined ? undefined : JSON.parse(JSON.stringify(verdict.witness)),
    });
    if (!checked.accepted)
      refused.push(`${name} ${verdict.status}: ${checked.where ?? ''} ${checked.reason}`);
  });
  return { ...counts, refused, wrong };
}
