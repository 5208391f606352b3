/** Verdicts as text for people: a table of what is decided, a frame for each claim that fails, and a line that counts. */
import { plain, type Paint } from '../base/frame.js';
import type { Verdict } from '../proof/verdict.js';
import { counted, diagnosticsText } from './diagnostics-text.js';
import { failures } from './verdict-diagnostic.js';
import {
  placed,
  statuses,
  tallied,
  titleOf,
  type Replay,
  type Verified,
  type VerifiedObjective,
} from './verified.js';
import { findingTexts, readingsOf } from './witness-text.js';

/** The colours of a table; a palette of picocolors is one. */
export interface TablePaint extends Paint {
  readonly green: (text: string) => string;
  readonly dim: (text: string) => string;
}
export const plainTable: TablePaint = { ...plain, green: (text) => text, dim: (text) => text };

export interface TextOptions {
  readonly paint?: TablePaint;
  /** Every claim, with what was found on the way. */
  readonly verbose?: boolean;
  /** What fails, and nothing else. */
  readonly quiet?: boolean;
  readonly replay?: Replay;
}

const WORD = 'refuted'.length;

function mark({ passes, status }: Verdict, paint: TablePaint): string {
  if (passes) return paint.green('✓');
  return status === 'unknown' ? paint.yellow('?') : paint.red('✗');
}

/** What a verdict says beyond its status, for who asks. */
function details(verdict: Verdict): readonly string[] {
  const { witness, label, text, notes, work, passes } = verdict;
  // A failing claim has its witness in its frame.
  const shown = passes ? witness : undefined;
  return [
    ...(label === undefined ? [] : [text]),
    ...findingTexts(verdict),
    ...(shown === undefined ? [] : [shown.summary, ...readingsOf(shown)]),
    ...(shown?.instead === undefined ? [] : [shown.instead]),
    ...(passes ? notes.map((note) => `note: ${note}`) : []),
    counted(work, 'step'),
  ];
}

function row(verdict: Verdict, { paint = plainTable, verbose = false }: TextOptions): string {
  const head = `  ${mark(verdict, paint)} ${verdict.status.padEnd(WORD)}  ${titleOf(verdict)}\n`;
  if (!verbose) return head;
  return (
    head +
    details(verdict)
      .map((line) => `      ${paint.dim(line)}\n`)
      .join('')
  );
}

function listed(file: Verified, one: VerifiedObjective, options: TextOptions): string {
  const { paint = plainTable } = options;
  const head = `${paint.bold(one.name)} ${paint.dim(`(${file.source.name})`)}\n`;
  return head + one.verdicts.map((verdict) => row(verdict, options)).join('');
}

/** One line for an objective. */
function summed({ name, verdicts }: VerifiedObjective, width: number, paint: TablePaint): string {
  if (verdicts.length === 0) return `${paint.dim('·')} ${name.padEnd(width)}  no claims\n`;
  const tally = tallied(verdicts);
  const sign = tally.failed === 0 ? paint.green('✓') : paint.red('✗');
  const failed = tally.failed === 0 ? '' : `; ${tally.failed} of ${tally.claims} failed`;
  return `${sign} ${name.padEnd(width)}  ${statuses(tally)}${failed}\n`;
}

/** Of one objective, and for who asks, each claim has its line; of several, each objective. */
function table(files: readonly Verified[], options: TextOptions): string {
  const { paint = plainTable, verbose = false } = options;
  const objectives = files.flatMap((file) => file.objectives.map((one) => ({ file, one })));
  const claiming = objectives.filter(({ one }) => one.verdicts.length > 0);
  const width = Math.max(0, ...objectives.map(({ one }) => one.name.length));
  if (!verbose && claiming.length !== 1)
    return objectives.map(({ one }) => summed(one, width, paint)).join('');
  const lists = claiming.map(({ file, one }) => listed(file, one, options));
  const idle = objectives.filter(({ one }) => one.verdicts.length === 0);
  const rest = idle.map(({ one }) => summed(one, width, paint)).join('');
  return [...lists, ...(rest === '' ? [] : [rest])].join('\n');
}

export function verdictsText(files: readonly Verified[], options: TextOptions = {}): string {
  const { paint = plainTable, quiet = false, replay } = options;
  const frames = diagnosticsText(failures(files, replay), paint);
  return quiet ? frames : `${table(files, options)}\n${frames}`;
}

/** `2 of 12 claims failed: 1 refuted, 1 unknown`; `12 claims pass in 41 ms: 9 proved, 3 refuted`. */
export function verdictsLine(files: readonly Verified[], took?: number): string {
  const verdicts = placed(files).map(({ verdict }) => verdict);
  const tally = tallied(verdicts);
  const all = counted(tally.claims, 'claim');
  const verb = tally.claims === 1 ? 'passes' : 'pass';
  const time = took === undefined ? '' : ` in ${Math.round(took)} ms`;
  if (tally.failed === 0) return `${all} ${verb}${time}${tally.claims === 0 ? '' : `: ${statuses(tally)}`}`;
  const failed = statuses(tallied(verdicts.filter(({ passes }) => !passes)));
  return `${tally.failed} of ${all} failed: ${failed}`;
}
