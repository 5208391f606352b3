/** A comparison with the reference as text for a terminal. */
import { formatNumber } from '../batch/number.js';
import { diagnosisLines, verdictText, type ConformanceText } from './conformance.js';
import { counted } from './diagnostics-text.js';

const SHOWN = 10;

/** Colours of the two marks. */
export interface MarkPaint {
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
}

/** The vectors that differ, a summary, and what it looks like; ends in a line feed. */
export function conformanceText(of: ConformanceText, paint: MarkPaint): string {
  const { verdicts, objective, rtol, conforms } = of;
  const wrong = verdicts.filter(({ status }) => status === 'differs' || status === 'missing');
  const coarse = verdicts.filter(({ status }) => status === 'coarse').map(({ vector }) => vector.name);
  const lines = wrong
    .slice(0, SHOWN)
    .map((one) => `${paint.red('✗')} ${one.vector.name}: ${verdictText(one)}`);
  if (wrong.length > SHOWN)
    lines.push(`  … and ${wrong.length - SHOWN} more; \`--format json\` lists all of them`);
  const asked = counted(verdicts.length, 'vector');
  const skipped =
    coarse.length === 0 ? '' : `; not compared, where single precision overflows: ${coarse.join(', ')}`;
  const summary = conforms
    ? `${paint.green('✓')} ${objective}: ${asked} within ${formatNumber(rtol)}${skipped}`
    : `${paint.red('✗')} ${objective}: ${wrong.length} of ${asked} ${wrong.length === 1 ? 'differs' : 'differ'}, the first is ${wrong[0]?.vector.name ?? ''}${skipped}`;
  const diagnosis = diagnosisLines(of.diagnosis);
  return `${[...lines, summary, ...(diagnosis.length === 0 ? [] : ['', ...diagnosis])].join('\n')}\n`;
}
