/** The severities that a project chooses for its diagnostics. An error stays one: what is wrong does not compile. */
import type { Diagnostic, Severity } from '../base/diagnostic.js';

export type ChosenSeverity = Severity | 'off';
/** By code. */
export type Rules = Readonly<Record<string, ChosenSeverity | undefined>>;

export interface Chosen {
  readonly rules: Rules;
  /** Whether diagnostics of taste and risk are shown that no rule asks for. */
  readonly pedantic: boolean;
}

function judge(one: Diagnostic, { rules, pedantic }: Chosen): readonly Diagnostic[] {
  if (one.severity === 'error') return [one];
  const chosen = Object.hasOwn(rules, one.code) ? rules[one.code] : undefined;
  if (chosen === undefined) return one.pedantic === true && !pedantic ? [] : [one];
  return chosen === 'off' ? [] : [{ ...one, severity: chosen }];
}

/** The diagnostics that are shown, each with the severity that it is shown with; order is kept. */
export const withSeverities = (diagnostics: readonly Diagnostic[], chosen: Chosen): readonly Diagnostic[] =>
  diagnostics.flatMap((one) => judge(one, chosen));
