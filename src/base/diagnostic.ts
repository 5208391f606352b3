/** What the compiler has to say about a program, as data. Rendering is `frame.ts` and `report/`. */
import type { Span } from './span.js';

export type Severity = 'error' | 'warning' | 'note';
/** What became of a claim; a diagnostic about one says it where others say their severity. */
export type VerdictWord = 'proved' | 'refuted' | 'unknown';

export interface Label {
  readonly span: Span;
  /** Says what is wrong (primary) or why (secondary) at this place; lower case, no full stop, no position. */
  readonly text: string;
}

export interface Diagnostic {
  /** Permanent: `E0301`, `W0102`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is the case, lower case, no full stop. */
  readonly title: string;
  readonly primary: Label;
  readonly secondary: readonly Label[];
  /** At most one action that the reader can take. */
  readonly hint?: string;
  readonly notes: readonly string[];
  /** Worth saying only to those who ask for more than what is probably a mistake. */
  readonly pedantic?: true;
  /** Shown in the place of the severity, which it does not change. */
  readonly verdict?: VerdictWord;
}

/** What stands before the code of a diagnostic. */
export const headOf = ({
  severity,
  verdict,
}: {
  readonly severity: Severity;
  readonly verdict?: VerdictWord;
}): string => verdict ?? severity;

/** The permanent facts of one kind of diagnostic. Its `bad` and `good` programs are compiled by a test. */
export interface DiagnosticKind {
  readonly code: string;
  readonly severity: Severity;
  /** What `veriloss explain CODE` prints first. */
  readonly title: string;
  readonly explanation: string;
  /** A program that yields exactly this code. */
  readonly bad: string;
  /** The same program, right. */
  readonly good: string;
  /** Whether its diagnostics are shown only to those who ask. */
  readonly pedantic?: true;
  /** Other files that these programs import, by path; the programs themselves are called `example.obj`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of a diagnostic about a claim. */
  readonly verdict?: VerdictWord;
}

export interface DiagnosticParts {
  /** Overrides the kind's title, where names make it clearer. */
  readonly title?: string;
  readonly primary: Label;
  readonly secondary?: readonly Label[];
  readonly hint?: string | undefined;
  readonly notes?: readonly string[];
}

/** Builds one diagnostic of a kind. */
export function diagnose(kind: DiagnosticKind, parts: DiagnosticParts): Diagnostic {
  return {
    code: kind.code,
    severity: kind.severity,
    title: parts.title ?? kind.title,
    primary: parts.primary,
    secondary: parts.secondary ?? [],
    ...(parts.hint === undefined ? {} : { hint: parts.hint }),
    notes: parts.notes ?? [],
    ...(kind.pedantic === undefined ? {} : { pedantic: kind.pedantic }),
    ...(kind.verdict === undefined ? {} : { verdict: kind.verdict }),
  };
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((one) => one.severity === 'error');

/** Source order, then code: the order in which they are shown. */
export const inOrder = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort(
    (a, b) => a.primary.span.start - b.primary.span.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
