/** What became of a claim, and what anyone needs to check it. Plain data: `JSON.stringify` after `proof/json` loses nothing. */
import type { Span } from '../base/span.js';
import type { Certificate } from './certificate.js';

/** A batch as `batch/json` reads it. */
export type RawBatch = Readonly<Record<string, unknown>>;

export type Status = 'proved' | 'refuted' | 'unknown';

/** Why a claim is not decided, and what would help. */
export interface Unknown {
  /** The smallest sub-expression that stopped the proof, in the language's notation. */
  readonly at: string;
  /** One sentence, lower case, no full stop: what could not be shown. */
  readonly reason: string;
  /** What the author can do: a case split, an explicit bound, an assumption. */
  readonly help?: string;
}

/** One claimed value at a witness. */
export interface Reading {
  /** As the source writes it: `abs(w)`, `(1 + eps) * advantage`. */
  readonly expression: string;
  readonly value: number;
  /** An enclosure of the exact value at the exact decimals of the batch. */
  readonly low: number;
  readonly high: number;
}

/** A batch that `eval` reproduces, and what the claim's expressions are there. */
export interface WitnessPoint {
  readonly batch: RawBatch;
  /** The value of what the claim varies, at the element; absent for a claim that varies nothing. */
  readonly variable?: { readonly name: string; readonly value: number };
  /** Where what is varied is set over its own value: a batch in which it has this one, so that inputs permit it. */
  readonly takenFrom?: RawBatch;
  readonly readings: readonly Reading[];
}

/**
 * Concrete values that break a claim: one point for a comparison; two for a claim on pairs, three for a convexity; for a
 * bound, three above 10³, 10⁶ and 10⁹; for a limit or a supremum, the points that show it.
 */
export interface Witness {
  readonly params: Readonly<Record<string, number>>;
  /** Where the claim fails: its level, and the position in the batch of each level down to it (token within its rollout). */
  readonly element: {
    readonly level: 'batch' | 'group' | 'rollout' | 'token';
    readonly group?: number;
    readonly rollout?: number;
    readonly token?: number;
  };
  readonly points: readonly WitnessPoint[];
  /** One sentence that a person reads: "at tau = 0.9, s = -2 gives 0.12 and s = -1.1 gives 0.30". */
  readonly summary: string;
  /**
   * Whether every log-probability of it is ≤ 0; false only where no such witness was found.
   */
  readonly logProbabilities: boolean;
  /** What is varied is set over its own value, since no input moves it alone: `eval` shows the batch, not the change. */
  readonly overridden?: true;
  /** For a refuted bound, limit or supremum: what is true instead, e.g. `tends to inf as log_ratio -> inf`. */
  readonly instead?: string;
}

/** What was found on the way and is worth telling. */
export interface Finding {
  /** "best bound", "supremum", "limit", "dead zone", "jump", "Lipschitz constant", … */
  readonly what: string;
  /** In the language's notation. */
  readonly value: string;
  /** "attained at log_ratio = log(1 + eps_high)", "approached as log_ratio -> inf". */
  readonly where?: string;
}

export interface Verdict {
  readonly objective: string;
  /** Position among the objective's claims. */
  readonly claim: number;
  readonly mode: 'verify' | 'refute';
  readonly label?: string;
  /** The claim as the source writes it, without mode and label, on one line. */
  readonly text: string;
  readonly span: Span;
  readonly status: Status;
  /** Whether the status is what the source says. */
  readonly passes: boolean;
  /**
   * What fails a claim whatever its mode: nothing satisfies its hypotheses, or its limit point cannot be approached within
   * them; or the claimed or the minimised value is undefined somewhere within them.
   */
  readonly defect?: 'vacuous' | 'undefined';
  readonly certificate?: Certificate;
  readonly witness?: Witness;
  readonly unknown?: Unknown;
  readonly findings: readonly Finding[];
  /** Semantics worth a note: a kink where frameworks take another side, a path around the varied name. */
  readonly notes: readonly string[];
  /** Steps of work done: the same on every machine. */
  readonly work: number;
}
