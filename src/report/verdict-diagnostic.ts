/** A claim that fails as a diagnostic: its code, the statement underlined, the witness or the reason beside it. */
import { diagnose, type Diagnostic, type Label } from '../base/diagnostic.js';
import type { Verdict } from '../proof/verdict.js';
import { claimText, placeOf } from './claim-text.js';
import { verdictRules } from './rules/index.js';
import type { VerdictRule } from './rules/rule.js';
import { placed, type Replay, type Verified } from './verified.js';
import { caveatsOf, elementText, findingTexts, readingsOf } from './witness-text.js';

/** Why a verdict fails; nothing where it passes. */
export const ruleOf = (verdict: Verdict): VerdictRule | undefined =>
  verdict.passes ? undefined : verdictRules.find(({ is }) => is(verdict));

function witnessNotes({ witness }: Verdict): readonly string[] {
  if (witness === undefined) return [];
  const element = elementText(witness);
  return [
    `witness: ${witness.summary}${element === undefined ? '' : ` (${element})`}`,
    ...readingsOf(witness).map((reading) => `reading: ${reading}`),
    ...(witness.instead === undefined ? [] : [`found: ${witness.instead}`]),
    ...caveatsOf(witness),
  ];
}

const LONGEST = 200;
/** What a line can show of it; JSON has all. */
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** The expression that stopped the proof, underlined where it stands in the text exactly once. */
function stopped({ source }: Verified, verdict: Verdict): readonly Label[] {
  if (verdict.unknown === undefined) return [];
  const { statement } = claimText(source, verdict.span);
  const whole = { start: 0, end: source.text.length };
  const span = placeOf(source, verdict.unknown.at, statement) ?? placeOf(source, verdict.unknown.at, whole);
  return span === undefined ? [] : [{ span, text: 'the proof stops here' }];
}

/** Nothing where the claim passes. */
export function verdictDiagnostic(file: Verified, verdict: Verdict, replay?: Replay): Diagnostic | undefined {
  const rule = ruleOf(verdict);
  if (rule === undefined) return undefined;
  const { label, unknown, span } = verdict;
  const command = replay?.(file, verdict);
  return diagnose(rule.kind, {
    ...(label === undefined ? {} : { title: rule.title(label) }),
    primary: { span: claimText(file.source, span).statement, text: rule.says },
    secondary: stopped(file, verdict),
    notes: [
      ...(unknown === undefined
        ? []
        : [`reason: ${shortened(unknown.reason)}, at \`${shortened(unknown.at)}\``]),
      ...witnessNotes(verdict),
      ...(command === undefined ? [] : [`replay: ${command}`]),
      ...findingTexts(verdict).map((text) => `found: ${text}`),
      ...verdict.notes,
    ],
    hint: unknown?.help ?? rule.hint,
  });
}

/** Each file with a diagnostic for each claim that fails. */
export const failures = (files: readonly Verified[], replay?: Replay): readonly Failing[] =>
  files.map((file) => ({
    source: file.source,
    diagnostics: placed([file]).flatMap(({ verdict }) => verdictDiagnostic(file, verdict, replay) ?? []),
  }));

interface Failing {
  readonly source: Verified['source'];
  readonly diagnostics: readonly Diagnostic[];
}
