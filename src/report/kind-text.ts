/** A kind of diagnostic as text: what `explain CODE` prints. */
import { headOf, type DiagnosticKind } from '../base/diagnostic.js';
import { plain, type Paint } from '../base/frame.js';
import { diagnosticsText, type Reported } from './diagnostics-text.js';

const WIDTH = 100;

/** Lines of at most 100 characters, broken at spaces. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** Indented; control characters, which a binary file has, as a terminal may show them. */
const program = (text: string): string =>
  text
    .trimEnd()
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');

/** Title, explanation, a program that gives the diagnostic, its frame, and the program put right. */
export function kindText(kind: DiagnosticKind, bad: Reported, paint: Paint = plain): string {
  const { code, severity, title, explanation } = kind;
  const own = bad.diagnostics.filter((one) => one.code === code);
  const colour = severity === 'error' ? paint.red : paint.yellow;
  return [
    `${colour(`${headOf(kind)}[${code}]`)}${paint.bold(`: ${title}`)}`,
    wrapped(explanation),
    ...Object.entries(kind.files ?? {}).flatMap(([name, text]) => [
      paint.bold(`The file ${name}, which it imports`),
      program(text),
    ]),
    paint.bold('A program that gives it'),
    program(kind.bad),
    diagnosticsText([{ ...bad, diagnostics: own }], paint).trimEnd(),
    paint.bold('The same program, right'),
    program(kind.good),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
