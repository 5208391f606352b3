/** Verdicts as versioned JSON; `verdicts.schema.json` describes it. A minor version only adds members. */
import { stringifyResult, type ResultValue } from '../batch/json.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { positionAt, type Source } from '../base/source.js';
import type { Span } from '../base/span.js';
import { VERSION } from '../base/version.js';
import type { RawBatch, Verdict, Witness, WitnessPoint } from '../proof/verdict.js';
import { FORMAT_VERSION } from './diagnostics-json.js';
import { verdictDiagnostic } from './verdict-diagnostic.js';
import { placed, tallied, type Replay, type Verified } from './verified.js';

const rangeOf = (source: Source, { start, end }: Span): ResultValue => ({
  start: { ...positionAt(source, start) },
  end: { ...positionAt(source, end) },
});

// A batch has passed the validation of its objective: numbers, lists of them, and names of what has no number.
const batchOf = (batch: RawBatch): ResultValue => batch as Readonly<Record<string, ResultValue>>;

const pointOf = ({ batch, variable, takenFrom, readings }: WitnessPoint): ResultValue => ({
  ...(variable === undefined ? {} : { variable: { ...variable } }),
  readings: readings.map((one) => ({ ...one })),
  batch: batchOf(batch),
  ...(takenFrom === undefined ? {} : { taken_from: batchOf(takenFrom) }),
});

const witnessOf = (witness: Witness): ResultValue => ({
  summary: witness.summary,
  params: witness.params,
  element: { ...witness.element },
  log_probabilities: witness.logProbabilities,
  overridden: witness.overridden ?? false,
  ...(witness.instead === undefined ? {} : { instead: witness.instead }),
  points: witness.points.map(pointOf),
});

const failureOf = ({ code, title, primary, notes, hint }: Diagnostic): ResultValue => ({
  code,
  message: title,
  label: primary.text,
  notes,
  ...(hint === undefined ? {} : { hint }),
});

function entry(file: Verified, verdict: Verdict, replay?: Replay): ResultValue {
  const { label, witness, unknown, certificate } = verdict;
  const failure = verdictDiagnostic(file, verdict);
  const command = replay?.(file, verdict);
  return {
    file: file.source.name,
    range: rangeOf(file.source, verdict.span),
    objective: verdict.objective,
    claim: verdict.claim,
    mode: verdict.mode,
    ...(label === undefined ? {} : { label }),
    text: verdict.text,
    status: verdict.status,
    passes: verdict.passes,
    ...(failure === undefined ? {} : { failure: failureOf(failure) }),
    ...(witness === undefined ? {} : { witness: witnessOf(witness) }),
    ...(command === undefined ? {} : { replay: command }),
    ...(unknown === undefined ? {} : { unknown: { ...unknown } }),
    findings: verdict.findings.map((one) => ({ ...one })),
    notes: verdict.notes,
    certified: certificate !== undefined,
    work: verdict.work,
  };
}

/** One document for all files, indented by two, with a line feed at the end. */
export function verdictsJson(files: readonly Verified[], prover: string, replay?: Replay): string {
  const all = placed(files);
  const document: ResultValue = {
    format_version: FORMAT_VERSION,
    tool: { name: 'veriloss', version: VERSION, prover },
    summary: {
      files: files.length,
      objectives: files.flatMap(({ objectives }) => objectives).length,
      ...tallied(all.map(({ verdict }) => verdict)),
    },
    verdicts: all.map(({ file, verdict }) => entry(file, verdict, replay)),
  };
  return `${stringifyResult(document)}\n`;
}
