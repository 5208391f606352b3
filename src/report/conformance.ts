/** A comparison with the reference, in words: what `conform` prints, whatever the format. */
import { formatNumber } from '../batch/number.js';
import { relativeError, type Mismatch } from '../conform/compare.js';
import type { Comparison } from '../conform/compare.js';
import type { Diagnosis, Explanation } from '../conform/diagnose.js';
import type { Vector } from '../vectors/vector.js';

export interface ConformanceText {
  readonly objective: string;
  readonly rtol: number;
  readonly verdicts: readonly {
    readonly vector: Vector;
    readonly status: 'agrees' | 'differs' | 'missing' | 'coarse';
    readonly comparison?: Comparison;
  }[];
  readonly conforms: boolean;
  readonly diagnosis?: Diagnosis;
}

/** `grad.logp[2][3]`. */
export const pathText = ({ part, path }: Mismatch): string =>
  [part, ...path]
    .map((one, at) => (typeof one === 'number' ? `[${one}]` : at === 0 ? one : `.${one}`))
    .join('');

const written = (value: number | string): string => (typeof value === 'number' ? formatNumber(value) : value);

const FEWEST_DIGITS = 6;
const ALL_DIGITS = 17;

/** With two digits more than the two numbers share, so that one sees where they part. */
function shortened(value: number | string, error: number | undefined): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return written(value);
  const shared = error === undefined || error === 0 ? 0 : Math.ceil(-Math.log10(error));
  const digits = Math.min(ALL_DIGITS, Math.max(FEWEST_DIGITS, shared + 2));
  return formatNumber(Number(value.toPrecision(digits)));
}

/** Where and how one number differs. */
export function mismatchText(of: Mismatch): string {
  const place = `\`${pathText(of)}\``;
  const error = relativeError(of);
  const expected = shortened(of.expected, error);
  if (of.kind === 'missing') return `${place} is missing, expected ${expected}`;
  const text = `${place} is ${shortened(of.found, error)}, expected ${expected}`;
  if (of.kind === 'finite') return `${text}: the objective overflows there`;
  if (of.kind !== 'value' || error === undefined) return text;
  return `${text} (relative error ${formatNumber(Number(error.toPrecision(2)))})`;
}

/** What became of one vector, on one line. */
export function verdictText({ status, comparison }: ConformanceText['verdicts'][number]): string {
  if (status === 'missing') return 'there is no result';
  if (status === 'agrees') return 'agrees';
  if (status === 'coarse') return 'not compared: single precision overflows there';
  const { wrong = [], entries = 0 } = comparison ?? {};
  const [first] = wrong;
  if (first === undefined) return 'differs';
  return `${mismatchText(first)}; ${wrong.length} of ${entries} numbers differ`;
}

const labelled = ({ parts }: Explanation): string =>
  parts.map(({ difference, label }) => `${difference.name} (${label})`).join(' and ');

/** Explanations that share their differences are one, with several labels: nothing here tells them apart. */
export function distinct(explanations: readonly Explanation[]): readonly {
  readonly explanation: Explanation;
  readonly labels: readonly string[];
}[] {
  const byName = new Map<string, Explanation[]>();
  for (const one of explanations) {
    const key = one.parts.map(({ difference }) => difference.name).join(' ');
    byName.set(key, [...(byName.get(key) ?? []), one]);
  }
  return [...byName.values()].flatMap((same) => {
    const [explanation] = same;
    const labels = same.map(({ parts }) => parts.map(({ label }) => label).join('; '));
    return explanation === undefined ? [] : [{ explanation, labels }];
  });
}

/** What the differences look like, or that nothing known explains them; a paragraph per explanation. */
export function diagnosisLines(diagnosis: Diagnosis | undefined): readonly string[] {
  if (diagnosis === undefined) return [];
  const { explanations, nearest, tried, differences, rtol } = diagnosis;
  const count = `${tried} forms of ${differences} known differences were tried`;
  if (explanations.length === 0) {
    const near =
      nearest === undefined
        ? []
        : [`the nearest accounts for ${nearest.accounted} of the vectors that differ: ${labelled(nearest)}`];
    return [
      `none of the ${differences} known differences explains this, alone or in pairs (${tried} forms tried)`,
      ...near,
    ];
  }
  const found = distinct(explanations);
  return [
    ...found.flatMap(({ explanation, labels }, at) => [
      `${at === 0 ? 'looks like' : 'or like'} ${explanation.parts.map(({ difference }) => difference.name).join(' and ')}: ${labels.join(', or ')}`,
      ...explanation.parts.flatMap(({ difference: { title, explanation: text, knownFrom } }) => [
        `  ${title}`,
        `  ${text}`,
        `  met in: ${knownFrom.join('; ')}`,
      ]),
    ]),
    `under ${found.length === 1 ? 'it' : 'each of them'} every result agrees within ${formatNumber(rtol)}; ${count}`,
  ];
}
