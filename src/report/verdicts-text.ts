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
  const rows = one.verdicts.map((verdict) => row(verdict, options));
  return `${head}${rows.length === 0 ? '  no claims\n' : rows.join('')}`;
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
export function verdictsText(files: readonly Verified[], options: TextOptions = {}): string {
  const { paint = plainTable, verbose = false, replay } = options;
  const objectives = files.flatMap((file) => file.objectives.map((one) => ({ file, one })));
  const width = Math.max(0, ...objectives.map(({ one }) => one.name.length));
  const isListed = verbose || objectives.length === 1;
  const table = objectives.map(({ file, one }) =>
    isListed ? listed(file, one, options) : summed(one, width, paint),
  );
  const frames = diagnosticsText(failures(files, replay), paint);
  return `${table.join(isListed ? '\n' : '')}${table.length === 0 ? '' : '\n'}${frames}`;
}

/** `2 of 12 claims fail: 1 refuted, 1 unknown`; of claims that all pass, `12 claims hold: …`. */
export function verdictsLine(files: readonly Verified[]): string {
  const verdicts = placed(files).map(({ verdict }) => verdict);
  const tally = tallied(verdicts);
  if (tally.failed === 0) {
    const as = verdicts.some(({ mode }) => mode === 'refute') ? 'as stated' : 'all of them';
    return `${counted(tally.claims, 'claim')} decided, ${as}: ${statuses(tally)}`;
  }
  const failed = statuses(tallied(verdicts.filter(({ passes }) => !passes)));
  return `${tally.failed} of ${counted(tally.claims, 'claim')} failed: ${failed}`;
}
