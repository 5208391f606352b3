/** The comments of a generated module: what it is, where it comes from, its formula and its paper. */
import type { Level } from '../../base/level.js';
import { printExpr } from '../../ir/print.js';
import type { DerivedLoss, DerivedProgram, Documentation, Role, Wording } from '../../ir/program.js';
import type { EmitOptions, Provenance, Target } from '../backend.js';
import { commentText } from '../javascript/names.js';

const SHAPES: Readonly<Record<Level, string>> = {
  token: 'one number per token, [B, T]',
  rollout: 'one number per rollout, [B]',
  group: 'one number per group, [P], groups in ascending order of id',
  batch: 'one number, []',
};

const TAG_SHAPES: Readonly<Record<Level, string>> = {
  token: 'one integer id per token, [B, T], int32',
  rollout: 'one integer id per rollout, [B], int32',
  group: 'one integer id per group, [P], int32, groups in ascending order of id',
  batch: 'one integer id, [], int32',
};
/** The role of an input and its shape. */
export const inputShape = (role: Role, level: Level): string =>
  `${role}, ${(role === 'tag' ? TAG_SHAPES : SHAPES)[level]}.`;

/** A sentence on the shape after what the source says. */
export const describe = ({ text }: Documentation, shape: string): string =>
  [text, shape === '' ? '' : `${shape.charAt(0).toUpperCase()}${shape.slice(1)}`]
    .filter((one) => one !== '')
    .join('\n');

/** No time, no path and no machine: the same text gives the same bytes. */
export function header(
  program: DerivedProgram,
  target: Target,
  { version, sourceHash, language, standalone, kernels }: EmitOptions & Provenance,
): string {
  const options = `--language ${language ?? 'ts'}${standalone === true ? ' --standalone' : ''}${kernels === false ? ' --no-kernels' : ''}`;
  const lines = [
    `Objective \`${program.name}\`, compiled by veriloss ${version} (target ${target}, ${options}). Do not edit: change the source.`,
    `Source: SHA-256 ${sourceHash}.`,
  ];
  return `// ${lines.map(oneLine).join('\n// ')}\n`;
}
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ');

/** The docstring of a loss: its formula, the values that it names, its paper; `closing` comes last. */
export const lossSummary = (
  program: DerivedProgram,
  at: number,
  wording: Wording | undefined,
  closing: readonly string[],
): string => commentText([...describeLoss(program, at, wording), ...closing].join('\n'));

/** What is differentiable by tfjs, and how often. */
export const onceDifferentiable = ({ gradients }: DerivedLoss): readonly string[] => [
  '',
  `Differentiable with respect to ${gradients.map(({ input }) => `\`${input}\``).join(', ')}, once: the gradient is finished in the forward pass, so it has no`,
  'derivative of its own. `report` gets the metrics of the same pass, which live as long as the scope of this call: `tf.keep`',
  'what outlives it.',
];

const formulaOf = ({ direction, objective }: DerivedLoss, words: string | undefined): string =>
  `${direction} ${words ?? printExpr(objective, true)}`;

function paperOf({ doc, title }: DerivedProgram): readonly string[] {
  const titled = title === undefined ? [] : [title];
  const listed = (word: string, entries: readonly string[]): readonly string[] =>
    entries.map((entry) => `${word}: ${entry}`);
  const lines = [
    ...titled,
    doc.text,
    ...listed('Paper', doc.paper),
    ...listed('Equation', doc.equation),
  ].filter((one) => one !== '');
  return lines.length === 0 ? [] : ['', ...lines];
}

function describeLoss(program: DerivedProgram, at: number, wording: Wording | undefined): readonly string[] {
  const loss = program.losses[at];
  if (loss === undefined) return [];
  const of = program.losses.length > 1 && loss.name !== undefined ? ` of \`${loss.name}\`` : '';
  return [
    `The loss${of}, []: what is minimised.`,
    '',
    `    ${formulaOf(loss, wording?.loss(at))}`,
    ...lets(program, loss, wording),
    ...paperOf(program),
  ];
}

/** The docstring of a loss with its gradients. */
export function gradientsSummary(
  { inputs, losses }: DerivedProgram,
  { name, gradients }: DerivedLoss,
  closing: string,
): string {
  const shapes = gradients.map(({ input }) => {
    const level = inputs.find((one) => one.name === input)?.level ?? 'batch';
    return `\`gradients.${input}\` is ∂loss/∂${input}, ${SHAPES[level]}${level === 'token' ? ', 0 at masked positions' : ''}.`;
  });
  const of = losses.length > 1 && name !== undefined ? ` of \`${name}\`` : '';
  const first = `The loss${of}, [], and its gradient${closing}`;
  return commentText([first, ...shapes].join('\n'));
}

/** The docstring of the metrics. */
export const metricsSummary = (closing: string): string => `The metrics alone.${closing}`;

/** The docstring of a loss with its gradients and the metrics. */
export const togetherSummary = (closing: string): string =>
  `The loss, its gradient and the metrics, computed together.${closing}`;

/** The values that the formula names. */
function lets(
  { lets: all }: DerivedProgram,
  { objective }: DerivedLoss,
  wording: Wording | undefined,
): readonly string[] {
  const named = new Set(namesIn(printExpr(objective, true)));
  const shown: string[] = [];
  for (const { name, value } of [...all].reverse()) {
    if (!named.has(name) || value.op !== 'named') continue;
    const text = printExpr(value.x, true);
    for (const one of namesIn(text)) named.add(one);
    shown.unshift(`    ${name} = ${wording?.value(name) ?? text}`);
  }
  return shown.length === 0 ? [] : ['', 'with', '', ...shown];
}
const namesIn = (text: string): readonly string[] => text.match(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu) ?? [];
