/** An explanation as text for a terminal. */
import type { CaseText, DerivativeText, Explanation, LossText, ValueText } from './explanation.js';

type Row = readonly string[];

/** Columns aligned by the number of code points; the last is not padded. */
function table(rows: readonly Row[]): readonly string[] {
  const width = (text: string): number => [...text].length;
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, width(cell))),
    [],
  );
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - width(cell)),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];
const perLevel = (level: string): string => (level === 'batch' ? 'one' : `one per ${level}`);
const values = (list: readonly ValueText[]): readonly string[] =>
  table(list.map(({ name, level, domain, definition }) => [name, perLevel(level), domain, definition]));
const caseRow = ({ condition, value }: CaseText, all: readonly CaseText[]): Row =>
  all.length === 1 ? [value] : [condition === undefined ? 'otherwise' : `where ${condition}`, value];
const derivative = (kind: string, { title, level, cases }: DerivativeText): readonly string[] =>
  section(`${kind} ${title}, ${perLevel(level)}`, table(cases.map((one) => caseRow(one, cases))));

/** The gradients of one loss and its kinks. */
const lossSections = ({ name, gradients, kinks }: LossText, isOneOfSeveral: boolean): readonly string[] => [
  ...gradients.flatMap((one) => derivative('Gradient', one)),
  ...section(
    isOneOfSeveral && name !== undefined ? `Kinks of loss.${name}` : 'Kinks',
    kinks.length === 0
      ? ['  none: the loss is smooth in what the model puts out']
      : kinks.map(({ at, taken }) => `  ${at}: ${taken}`),
  ),
];

/** The whole explanation, ending in a newline. */
export function explainText(of: Explanation): string {
  const lines = [
    `objective ${of.objective}`,
    ...of.about,
    '',
    ...of.losses.map(
      ({ direction, value, name }) => `${direction} ${value}${name === undefined ? '' : ` as ${name}`}`,
    ),
    ...section(
      'Parameters',
      table(
        of.parameters.map(({ name, domain, default: value }) => [
          name,
          domain,
          value === undefined ? 'no default' : `default ${value}`,
        ]),
      ),
    ),
    ...section(
      'Inputs',
      table(of.inputs.map(({ name, role, level, domain }) => [name, role, perLevel(level), domain])),
    ),
    ...section('Values', values(of.values)),
    ...section('Metrics', values(of.metrics)),
    ...of.weights.flatMap((one) => derivative('Gradient weight', one)),
    ...of.losses.flatMap((one) => lossSections(one, of.losses.length > 1)),
  ];
  return `${lines.join('\n')}\n`;
}
