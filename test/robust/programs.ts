/** Right programs of any size, by what there is much of. Not a test. */

const times = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `  ${part(at)}\n`).join('');

/** An objective of these items that averages a value of tokens. */
const averaging = (value: string, items: string): string =>
  `objective large {\n  model logp : token\n  data reward : rollout\n${items}` +
  `  minimize mean[token in batch](${value})\n  metric rewards = mean[rollout in batch](reward)\n}\n`;

/** `x0 = logp`, and each next name made of the one before. */
const chain =
  (next: (x: string, at: number) => string) =>
  (count: number): string =>
    averaging(
      `x${count}`,
      `  let x0 = logp\n${times(count, (at) => `let x${at + 1} = ${next(`x${at}`, at)}`)}`,
    );

/** Values that use the one before once, or several times: written out, the latter grow without bound. */
export const CHAINS: Readonly<Record<string, (count: number) => string>> = {
  'a sum of the one before': chain((x) => `${x} + 1`),
  'a product and a sum of the one before': chain((x) => `${x} * ${x} + ${x}`),
  'a quotient of the one before': chain((x) => `${x} / (1 + ${x} * ${x})`),
  'an exponential of the one before': chain((x) => `exp(-${x})`),
  'a product with a reward': chain((x) => `${x} * reward`),
  'a choice between the one before and its opposite': chain((x) => `if ${x} > 0 then ${x} else -${x}`),
  'a choice of the one before': chain((x) => `if ${x} > 0 then ${x} else 0`),
  'a choice by a condition of many': chain(
    (x, at) => `if ${x} > ${at} and logp > 0 or reward > 0 then ${x} else 2 * ${x}`,
  ),
  'a minimum of the one before and its double': chain((x) => `min(${x}, 2 * ${x})`),
  'a clip of the one before': chain((x) => `clip(${x}, -${x}, reward)`),
  'a deviation of the one before': chain((x) => `${x} - mean[token](${x})`),
};

/** Much that stands side by side. */
export const LISTS: Readonly<Record<string, (count: number) => string>> = {
  'values that are read': (count) =>
    averaging(
      'logp',
      times(count, (at) => `let v${at} = logp * ${at}\n  metric m${at} = mean[token in batch](v${at})`),
    ),
  'values that are not read': (count) =>
    averaging(
      'logp',
      times(count, (at) => `let v${at} = logp * ${at}`),
    ),
  metrics: (count) =>
    averaging(
      'logp',
      times(count, (at) => `metric m${at} = mean[token in batch](logp * ${at})`),
    ),
  parameters: (count) =>
    averaging(
      'logp',
      times(count, (at) => `param p${at} in (0, inf) = 1\n  metric m${at} = p${at}`),
    ),
  inputs: (count) =>
    averaging(
      'logp',
      times(count, (at) => `data d${at} : token in [0, 1]\n  metric m${at} = mean[token in batch](d${at})`),
    ),
  'model inputs': (count) =>
    averaging(
      `s${count - 1}`,
      times(
        count,
        (at) => `model d${at} : token\n  let s${at} = ${at === 0 ? 'logp' : `s${at - 1}`} + d${at}`,
      ),
    ),
  claims: (count) =>
    averaging(
      'logp',
      times(count, (at) => `verify "claim ${at}" : reward * ${at} <= ${at}`),
    ),
  weights: (count) =>
    averaging(
      'logp * logp',
      times(
        count,
        (at) =>
          `let w${at} = grad(${at} * logp * logp, logp)\n  metric m${at} = mean[token in batch](w${at})`,
      ),
    ),
  'names of many scripts': (count) =>
    averaging(
      'logp',
      times(
        count,
        (at) => `let ${['τ', 'имя', '変数', 'اسم', 'ชื่อ', '𝛼', 'é'][at % 7] ?? ''}${at} = logp * ${at}`,
      ),
    ),
};
