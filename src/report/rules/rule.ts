/** A reason why a claim fails, with its code: what is said of it beside what the verdict itself says. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import type { Verdict } from '../../proof/verdict.js';

export interface VerdictRule {
  readonly kind: DiagnosticKind;
  readonly is: (verdict: Verdict) => boolean;
  /** Of a claim by its label; those without one have the kind's title. */
  readonly title: (label: string) => string;
  /** What is wrong with the statement, under which it is written. */
  readonly says: string;
  readonly hint?: string;
}
