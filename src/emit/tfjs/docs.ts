/** The comments of a generated module: what it is, where it comes from, its formula and its paper. */
import type { Level } from '../../base/level.js';
import { printExpr } from '../../ir/print.js';
import type { DerivedProgram, Documentation } from '../../ir/program.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { commentText } from './names.js';

const SHAPES: Readonly<Record<Level, string>> = {
  token: 'one number per token, [B, T]',
  rollout: 'one number per rollout, [B]',
  group: 'one number per group, [P], groups in ascending order of id',
  batch: 'one number, []',
};
export const shapeOf = (level: Level): string => SHAPES[level];

/** A sentence on the shape after what the source says. */
export const describe = ({ text }: Documentation, shape: string): string =>
  [text, shape === '' ? '' : `${shape.charAt(0).toUpperCase()}${shape.slice(1)}`]
    .filter((one) => one !== '')
    .join('\n');

/** No time, no path and no machine: the same text gives the same bytes. */
export function header(
  program: DerivedProgram,
  { version, sourceHash, language, standalone }: EmitOptions & Provenance,
): string {
  const options = `--language ${language ?? 'ts'}${standalone === true ? ' --standalone' : ''}`;
  const lines = [
    `Objective \`${program.name}\`, compiled by veriloss ${version} (target tfjs, ${options}). Do not edit: change the source.`,
    `Source: SHA-256 ${sourceHash}.`,
  ];
  return `// ${lines.map(oneLine).join('\n// ')}\n`;
}
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ');

/** The docstring of an exported function. */
export function summary(
  program: DerivedProgram,
  of: 'loss' | 'gradients' | 'metrics',
  wording: Provenance['wording'],
): string {
  return commentText(SUMMARIES[of](program, wording));
}

const formulaOf = ({ direction, objective }: DerivedProgram, wording: Provenance['wording']): string =>
  `${direction} ${wording?.(undefined) ?? printExpr(objective, true)}`;

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

type Summary = (program: DerivedProgram, wording: Provenance['wording']) => string;
const SUMMARIES: Readonly<Record<'loss' | 'gradients' | 'metrics', Summary>> = {
  loss: (program, wording) =>
    [
      'The loss, []: what is minimised.',
      '',
      `    ${formulaOf(program, wording)}`,
      ...lets(program, wording),
      ...paperOf(program),
      '',
      `Differentiable with respect to ${program.gradients.map(({ input }) => `\`${input}\``).join(', ')}, once: the gradient is finished in the forward pass, so it has no`,
      'derivative of its own.',
    ].join('\n'),
  gradients: (program) => {
    const shapes = program.gradients.map(({ input }) => {
      const level = program.inputs.find(({ name }) => name === input)?.level ?? 'batch';
      return `\`gradients.${input}\` is ∂loss/∂${input}, ${SHAPES[level]}${level === 'token' ? ', 0 at masked positions' : ''}.`;
    });
    return ['The loss, [], and its gradient, without `tf.grads`. The caller disposes both.', ...shapes].join(
      '\n',
    );
  },
  metrics: ({ metrics }) =>
    [
      'Numbers to report, each []; none of them affects the gradient. The caller disposes them.',
      ...metrics.map(
        ({ name, doc }) => `- \`${name}\`${doc.text === '' ? '' : `: ${doc.text.replace(/\s*\n\s*/g, ' ')}`}`,
      ),
    ].join('\n'),
};

/** The values that the formula names. */
function lets({ lets: all, objective }: DerivedProgram, wording: Provenance['wording']): readonly string[] {
  const named = new Set(namesIn(printExpr(objective, true)));
  const shown: string[] = [];
  for (const { name, value } of [...all].reverse()) {
    if (!named.has(name) || value.op !== 'named') continue;
    const text = printExpr(value.x, true);
    for (const one of namesIn(text)) named.add(one);
    shown.unshift(`    ${name} = ${wording?.(name) ?? text}`);
  }
  return shown.length === 0 ? [] : ['', 'with', '', ...shown];
}
const namesIn = (text: string): readonly string[] => text.match(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu) ?? [];
