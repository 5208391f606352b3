/** A witness in words: where it is, what the claim's expressions are there, and what its batch does not show. */
import { formatNumber } from '../batch/number.js';
import type { Reading, Verdict, Witness } from '../proof/verdict.js';

/** `token 1 of rollout 0 of group 2`; nothing for the batch, which is only one. */
export function elementText({ element }: Witness): string | undefined {
  const levels = (['token', 'rollout', 'group'] as const).flatMap((level) => {
    const at = element[level];
    return at === undefined ? [] : [`${level} ${at}`];
  });
  return levels.length === 0 ? undefined : levels.join(' of ');
}

/** The confirmed enclosure: a number where it is exact, else its ends. */
export const enclosureText = ({ low, high }: Reading): string =>
  low === high ? formatNumber(low) : `[${formatNumber(low)}, ${formatNumber(high)}]`;

/** Each claimed expression with its enclosures, point by point. */
export function readingsOf({ points }: Witness): readonly string[] {
  const read = points.flatMap(({ readings }) => readings.map((one) => one.expression));
  // A numeral is itself, wherever it is read.
  const expressions = [...new Set(read)].filter((expression) => !/^-?[\d.]+(e[+-]?\d+)?$/i.test(expression));
  return expressions.map((expression) => {
    const values = points.flatMap(({ readings, variable }) => {
      const reading = readings.find((one) => one.expression === expression);
      if (reading === undefined) return [];
      const at = variable === undefined ? '' : ` at ${variable.name} = ${formatNumber(variable.value)}`;
      return [`${reading.low === reading.high ? '=' : 'in'} ${enclosureText(reading)}${at}`];
    });
    return `${expression} ${values.join(', ')}`;
  });
}

/** What has to be known to read the batch as a witness. */
export function caveatsOf(witness: Witness): readonly string[] {
  return [
    ...(witness.overridden === undefined
      ? []
      : [
          'what varies is set over its own value, since no input moves it alone: the batch shows the place only',
        ]),
    ...(witness.logProbabilities ? [] : ['log-probabilities above 0: no witness without them was found']),
  ];
}

/** Parameters as options of `veriloss eval`. */
export const settingsOf = ({ params }: Witness): readonly string[] =>
  Object.entries(params).map(([name, value]) => `--set ${name}=${formatNumber(value)}`);

/** `best bound: 1 / tau, approached as s -> inf`. */
export const findingTexts = ({ findings }: Verdict): readonly string[] =>
  findings.map(({ what, value, where }) => `${what}: ${value}${where === undefined ? '' : `, ${where}`}`);
