/** Verdicts as SARIF 2.1.0: a rule for each code, a result for each claim that fails. Code scanning services read it. */
import type {
  Location,
  Log,
  MultiformatMessageString,
  Region,
  ReportingDescriptor,
  Result,
  Run,
} from 'sarif';
import type { Diagnostic } from '../base/diagnostic.js';
import { positionAt, type Source } from '../base/source.js';
import type { Span } from '../base/span.js';
import { VERSION } from '../base/version.js';
import type { Verdict } from '../proof/verdict.js';
import { verdictRules } from './rules/index.js';
import type { VerdictRule } from './rules/rule.js';
import { ruleOf, verdictDiagnostic } from './verdict-diagnostic.js';
import { keyOf, type Replay, type Verified, type VerifiedObjective } from './verified.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const message = (text: string): MultiformatMessageString => ({ text });

/** `claim does not hold: not bounded` as `ClaimDoesNotHoldNotBounded`. */
const nameOf = (title: string): string =>
  title.replace(/[^a-z]*([a-z]+)/gi, (_all, word: string) => word.charAt(0).toUpperCase() + word.slice(1));

const descriptor = ({ kind: { code, title, explanation }, hint }: VerdictRule): ReportingDescriptor => ({
  id: code,
  name: nameOf(title),
  shortDescription: message(sentence(title)),
  fullDescription: message(explanation),
  help: message([explanation, ...(hint === undefined ? [] : [sentence(hint)])].join('\n\n')),
  defaultConfiguration: { level: 'error' },
});

const regionOf = (source: Source, span: Span): Region => {
  const [start, end] = [positionAt(source, span.start), positionAt(source, span.end)];
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    snippet: message(source.text.slice(span.start, span.end)),
  };
};

/** A path as the reference of a URI that it is; a drive letter would be its scheme. */
const uriOf = (name: string): string =>
  name
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');

const locationOf = (source: Source, span: Span): Location => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(source.name) },
    region: regionOf(source, span),
  },
});

/** All that is said, a line each: services show it as it is. */
const said = ({ title, primary, notes, hint }: Diagnostic): string =>
  [
    `${sentence(title)} ${sentence(primary.text)}`,
    ...notes,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ].join('\n');

function resultOf(
  file: Verified,
  objective: VerifiedObjective,
  verdict: Verdict,
  replay?: Replay,
): readonly Result[] {
  const rule = ruleOf(verdict);
  const diagnostic = verdictDiagnostic(file, verdict, replay);
  if (rule === undefined || diagnostic === undefined) return [];
  const { source } = file;
  const related = diagnostic.secondary.map(({ span, text }, id) => ({
    id,
    ...locationOf(source, span),
    message: message(sentence(text)),
  }));
  return [
    {
      ruleId: rule.kind.code,
      ruleIndex: verdictRules.indexOf(rule),
      level: 'error',
      message: message(said(diagnostic)),
      locations: [
        {
          ...locationOf(source, diagnostic.primary.span),
          logicalLocations: [{ fullyQualifiedName: `${objective.name}/${keyOf(objective, verdict)}` }],
        },
      ],
      ...(related.length === 0 ? {} : { relatedLocations: related }),
      // The same as long as the claim keeps its label, wherever it moves.
      partialFingerprints: { 'verilossClaim/v1': `${objective.name}/${keyOf(objective, verdict)}` },
      properties: { status: verdict.status, claim: verdict.text, findings: verdict.findings },
    },
  ];
}

/** One document with one run, indented by two, with a line feed at the end. */
export function verdictsSarif(files: readonly Verified[], replay?: Replay): string {
  const run: Run = {
    tool: { driver: { name: 'veriloss', version: VERSION, rules: verdictRules.map(descriptor) } },
    columnKind: 'unicodeCodePoints',
    results: files.flatMap((file) =>
      file.objectives.flatMap((one) =>
        one.verdicts.flatMap((verdict) => resultOf(file, one, verdict, replay)),
      ),
    ),
  };
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}
