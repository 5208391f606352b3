/** Verdicts as GitHub's Markdown: a table for each objective, and below it what fails, with its witness. */
import { positionAt } from '../base/source.js';
import type { Verdict } from '../proof/verdict.js';
import { verdictDiagnostic } from './verdict-diagnostic.js';
import { tallied, titleOf, type Replay, type Verified, type VerifiedObjective } from './verified.js';
import { verdictsLine } from './verdicts-text.js';
import { findingTexts } from './witness-text.js';

/** As text, whatever it holds: a label is free to hold `|`, `<` or `*`. */
const plainText = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&').replace(/\s+/g, ' ');

/** A code span; one that holds backquotes has longer ones around it. In a table, `|` ends the cell even there. */
function code(text: string, inTable = false): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const padded = longest > 0 ? ` ${text} ` : text;
  return `${ticks}${(inTable ? padded.replaceAll('|', '\\|') : padded).replace(/\s+/g, ' ')}${ticks}`;
}

/** What is said in sentences: what stands in backquotes there is code here, too. */
const prose = (text: string): string =>
  text
    .split(/`([^`\n]+)`/)
    .map((part, at) => (at % 2 === 0 ? plainText(part) : code(part)))
    .join('');

const mark = ({ passes, status }: Verdict): string => (passes ? '✅' : status === 'unknown' ? '❓' : '❌');

function row(verdict: Verdict): string {
  const { status, mode, label, text } = verdict;
  const found = findingTexts(verdict).map((one) => code(one, true));
  const claim = [...(label === undefined ? [] : [plainText(label)]), code(text, true)].join('<br>');
  return `| ${mark(verdict)} ${status} | ${mode} | ${claim} | ${found.join('<br>')} |`;
}

function failure(file: Verified, verdict: Verdict, replay?: Replay): readonly string[] {
  const diagnostic = verdictDiagnostic(file, verdict, replay);
  if (diagnostic === undefined) return [];
  const { source } = file;
  const { line, column } = positionAt(source, diagnostic.primary.span.start);
  const { code: id, hint } = diagnostic;
  const notes = [...diagnostic.notes, ...(hint === undefined ? [] : [`hint: ${hint}`])];
  return [
    `**${plainText(titleOf(verdict))}** (${id}, ${code(`${source.name}:${line}:${column}`)}): ${plainText(diagnostic.primary.text)}`,
    '',
    ...notes.map((note) => {
      const [, what, text] = /^(replay): ([^]*)$/.exec(note) ?? [];
      return what === undefined ? `- ${prose(note)}` : `- ${what}: ${code(text ?? '')}`;
    }),
    ...(notes.length === 0 ? [] : ['']),
  ];
}

function section(file: Verified, { name, verdicts }: VerifiedObjective, replay?: Replay): readonly string[] {
  const head = [`### ${plainText(name)}`, '', code(file.source.name), ''];
  if (verdicts.length === 0) return [...head, 'No claims.', ''];
  return [
    ...head,
    '| Verdict | Mode | Claim | Found |',
    '|---|---|---|---|',
    ...verdicts.map(row),
    '',
    ...verdicts.flatMap((verdict) => failure(file, verdict, replay)),
  ];
}

export interface MarkdownOptions {
  readonly replay?: Replay;
  /** Leaves out objectives all of whose claims pass. */
  readonly onlyFailing?: boolean;
}

/** A page, or a part of one: it begins with a heading of the second level. */
export function verdictsMarkdown(files: readonly Verified[], options: MarkdownOptions = {}): string {
  const { replay, onlyFailing = false } = options;
  const sections = files.flatMap((file) =>
    file.objectives
      .filter(({ verdicts }) => !onlyFailing || tallied(verdicts).failed > 0)
      .flatMap((one) => section(file, one, replay)),
  );
  const sign = files.every(({ objectives }) =>
    objectives.every(({ verdicts }) => tallied(verdicts).failed === 0),
  );
  return `${['## Claims', '', `${sign ? '✅' : '❌'} ${verdictsLine(files)}`, '', ...sections].join('\n').trimEnd()}\n`;
}
