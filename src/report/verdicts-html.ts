/** Verdicts as one page of HTML: every claim with what was found, each witness with its batches, pictures where given. */
import { renderFrame } from '../base/frame.js';
import { stringifyResult, type ResultValue } from '../batch/json.js';
import { formatNumber } from '../batch/number.js';
import { VERSION } from '../base/version.js';
import type { Verdict, Witness, WitnessPoint } from '../proof/verdict.js';
import { html, htmlAttribute, htmlPage } from './html-page.js';
import { verdictDiagnostic } from './verdict-diagnostic.js';
import { type Replay, type Verified, type VerifiedObjective } from './verified.js';
import { verdictsLine } from './verdicts-text.js';
import { caveatsOf, elementText, enclosureText, findingTexts } from './witness-text.js';

export interface HtmlOptions {
  /** Pictures of an objective, each a whole `<svg>` element. */
  readonly pictures?: (file: Verified, objective: string) => readonly string[];
  readonly replay?: Replay;
  /** The version of the prover, for the foot of the page. */
  readonly prover: string;
}

const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const classOf = ({ passes, status }: Verdict): string =>
  passes ? 'good' : status === 'unknown' ? 'open' : 'bad';

function pointRows({ variable, readings }: WitnessPoint, at: number): string {
  const moved = variable === undefined ? '' : `${variable.name} = ${formatNumber(variable.value)}`;
  return readings
    .map(
      (reading) =>
        `<tr><td>${at + 1}</td><td><code>${html(moved)}</code></td><td><code>${html(reading.expression)}</code></td>` +
        `<td class="number">${html(formatNumber(reading.value))}</td><td class="number">${html(enclosureText(reading))}</td></tr>`,
    )
    .join('\n');
}

function batchText({ batch }: WitnessPoint): string {
  return stringifyResult(batch as Readonly<Record<string, ResultValue>>);
}

function witnessPart(witness: Witness): string {
  const params = Object.entries(witness.params).map(([name, value]) => `${name} = ${formatNumber(value)}`);
  const element = elementText(witness);
  const facts = [
    ...(params.length === 0 ? [] : [`parameters: <code>${html(params.join(', '))}</code>`]),
    ...(element === undefined ? [] : [`at ${html(element)} of the batch`]),
    ...(witness.instead === undefined ? [] : [`instead: <code>${html(witness.instead)}</code>`]),
    ...caveatsOf(witness).map(html),
  ];
  const batches = witness.points.map(
    (point, at) =>
      `<details><summary>batch ${at + 1}</summary><pre>${html(batchText(point))}</pre></details>`,
  );
  return `<p>${html(witness.summary)}</p>
${list(facts)}
<table><thead><tr><th>point</th><th>where</th><th>expression</th><th>value</th><th>confirmed</th></tr></thead>
<tbody>${witness.points.map(pointRows).join('\n')}</tbody></table>
${batches.join('\n')}`;
}

function details(file: Verified, verdict: Verdict, replay?: Replay): string {
  const { witness } = verdict;
  const diagnostic = verdictDiagnostic(file, verdict);
  const command = replay?.(file, verdict);
  const parts = [
    ...(diagnostic === undefined ? [] : [`<pre>${html(renderFrame(file.source, diagnostic))}</pre>`]),
    ...(witness === undefined ? [] : [witnessPart(witness)]),
    ...(command === undefined ? [] : [`<p>replay: <code>${html(command)}</code></p>`]),
    list(verdict.passes ? verdict.notes.map(html) : []),
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  const open = verdict.passes ? '' : ' open';
  const word = witness === undefined ? 'details' : 'witness';
  return `<details${open}><summary>${word}</summary>${parts.join('\n')}</details>`;
}

function row(file: Verified, verdict: Verdict, replay?: Replay): string {
  const { status, mode, label, text, passes } = verdict;
  const name = label === undefined ? '' : `<div class="label">${html(label)}</div>`;
  const found = list(findingTexts(verdict).map((one) => `<code>${html(one)}</code>`));
  return `<tr>
<td class="status ${classOf(verdict)}">${passes ? '✓' : status === 'unknown' ? '?' : '✗'} ${status}</td>
<td>${mode}</td>
<td>${name}<code>${html(text)}</code>${found}${details(file, verdict, replay)}</td>
</tr>`;
}

function section(file: Verified, one: VerifiedObjective, { pictures, replay }: HtmlOptions): string {
  const { name, verdicts } = one;
  const figures = (pictures?.(file, name) ?? []).map((svg) => `<figure>${svg}</figure>`);
  const rows = verdicts.map((verdict) => row(file, verdict, replay));
  const table =
    rows.length === 0
      ? '<p>No claims.</p>'
      : `<table><thead><tr><th>verdict</th><th>mode</th><th>claim</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
  return `<section aria-label="${htmlAttribute(name)}">
<h2>${html(name)} <span class="file">${html(file.source.name)}</span></h2>
${figures.join('\n')}
${table}
</section>`;
}

/** One document; the same verdicts give the same bytes. */
export function verdictsHtml(files: readonly Verified[], options: HtmlOptions): string {
  const sections = files.flatMap((file) => file.objectives.map((one) => section(file, one, options)));
  const names = files.flatMap(({ objectives }) => objectives.map(({ name }) => name));
  const title = names.length === 1 ? `Claims of ${names[0] ?? ''}` : 'Claims';
  const body = `<h1>${html(title)}</h1>
<p>${html(verdictsLine(files))}</p>
${sections.join('\n')}
<footer>veriloss ${html(VERSION)}, prover ${html(options.prover)}</footer>`;
  return htmlPage(title, body);
}
