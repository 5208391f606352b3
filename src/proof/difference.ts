/** What differs in meaning between two objectives. */
import type { Answer } from './audit.js';
import type { Status, Witness } from './verdict.js';

/** One value of both objectives: the loss, or a gradient. */
export interface Compared {
  /** `loss`, `gradient of logp`. */
  readonly what: string;
  /** Equal for every batch, or the smallest batch found where it is not, or not decided. */
  readonly status: 'equal' | 'different' | 'unknown';
  readonly witness?: Witness;
  readonly reason?: string;
}
export interface ChangedVerdict {
  /** The claim as the sources write it. */
  readonly claim: string;
  readonly label?: string;
  /** Absent where only the other one claims it. */
  readonly before?: Status;
  readonly after?: Status;
}
export interface ChangedAnswer {
  readonly title: string;
  readonly before: Answer;
  readonly after: Answer;
}
export interface Difference {
  readonly before: string;
  readonly after: string;
  /** Why values cannot be compared at all: an input is data per token here and per rollout there. */
  readonly incomparable: readonly string[];
  /** Inputs and parameters that only one has, and domains and defaults that differ. */
  readonly interface: readonly string[];
  readonly values: readonly Compared[];
  readonly verdicts: readonly ChangedVerdict[];
  readonly answers: readonly ChangedAnswer[];
}

/**
 * Whether nothing differs in meaning, as far as anyone can tell: what is not decided is no equality. Where float32 overflows,
 * and other things that are measured, may differ all the same.
 */
export const isSame = ({ incomparable, interface: stated, values, verdicts, answers }: Difference): boolean =>
  [...incomparable, ...stated, ...verdicts].length === 0 &&
  values.every(({ status }) => status === 'equal') &&
  answers.every(({ before, after }) => before.ground === 'measured' && after.ground === 'measured');
