/** The page beside a SavedModel: what goes in, with the defaults that a signature cannot hold, and what comes out. */
import type { Domain, DomainBound } from '../../base/domain.js';
import { intervalText } from '../../base/interval.js';
import type { Level } from '../../base/level.js';
import type { DerivedProgram, Documentation, InputInfo, ParamInfo } from '../../ir/program.js';
import type { Provenance } from '../backend.js';
import { outputsOf, signatureName } from './model.js';

const SHAPES: Readonly<Record<Level, string>> = {
  token: '[B, T]',
  rollout: '[B]',
  group: '[P]',
  batch: '[]',
};

/** Text in a cell of a table or in a paragraph: one line, and nothing that Markdown reads. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#~&]/g, '\\$&')
    .trim();
/** A name of the source: letters, digits and `_`. */
const code = (name: string): string => `\`${name}\``;
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): readonly string[] => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows,
];

function domainText(domain: Domain): string {
  if (domain.kind === 'set') return `{${domain.values.join(', ')}}`;
  const whole = domain.integer ? 'integer ' : '';
  if (domain.kind === 'interval') return `${whole}${intervalText(domain.interval)}`;
  const { low, high, lowOpen, highOpen } = domain;
  return `${whole}${lowOpen ? '(' : '['}${boundText(low)}, ${boundText(high)}${highOpen ? ')' : ']'}`;
}
const boundText = (bound: DomainBound): string =>
  typeof bound === 'number' ? String(bound) : `${bound.negative ? '-' : ''}${bound.param}`;

const cell = ({ text }: Documentation, domain: Domain | undefined, more: string): string =>
  [text, domain === undefined ? '' : `in ${domainText(domain)}`, more]
    .filter((one) => one !== '')
    .map(plain)
    .join('; ');

const inputRow = ({ name, role, level, domain, doc }: InputInfo): string =>
  row(code(name), role === 'tag' ? 'int32' : 'float32', SHAPES[level], cell(doc, domain, ''));
const paramRow = ({ name, domain, default: value, doc }: ParamInfo): string =>
  row(code(name), 'float32', '[]', cell(doc, domain, value === undefined ? '' : `default ${value}`));

export function pageFor(program: DerivedProgram, { version, sourceHash }: Provenance): string {
  const { inputs, params, losses, metrics } = program;
  const levels = new Map(inputs.map(({ name, level }) => [name, level]));
  const outputRows = losses.flatMap((loss) =>
    outputsOf(program, loss, true).map(({ key, wanted }) => {
      const what =
        key === 'loss'
          ? 'what is minimised'
          : key === `metric_${wanted.name}`
            ? 'a metric'
            : `∂loss/∂${wanted.name}`;
      const shape = key === `grad_${wanted.name}` ? SHAPES[levels.get(wanted.name) ?? 'batch'] : '[]';
      return row(...(losses.length > 1 ? [code(signatureName(loss))] : []), code(key), shape, plain(what));
    }),
  );
  const names = losses.map((loss) => code(signatureName(loss)));
  return [
    `<!-- compiled by veriloss ${version}: SHA-256 ${sourceHash}. Do not edit: change the source. -->`,
    '',
    `# ${plain(program.title ?? program.name)}`,
    '',
    `The loss of the objective ${code(program.name)}, its gradient${metrics.length > 0 ? ', its metrics' : ''} as a TensorFlow SavedModel. The model in this folder is one`,
    'cluster that XLA compiles, anew for every shape; TensorFlow without XLA refuses to run it. The one in `plain/` is the',
    `same graph, op by op. ${names.length > 1 ? 'The signatures are' : 'The signature is'} ${names.join(', ')}.`,
    '',
    '## Inputs',
    '',
    'All are required; a default is a value to pass. B rollouts, P groups, T positions for the tokens of each rollout.',
    '',
    ...table(
      ['input', 'type', 'shape', ''],
      [
        row(code('group'), 'int32', '[B]', 'ids in any order; the rollouts with one id are a group'),
        row(code('mask'), 'float32', '[B, T]', '0 where no token counts: what stands there is not read'),
        ...inputs.map(inputRow),
        ...params.map(paramRow),
      ],
    ),
    ...(inputs.some(({ level }) => level === 'group') ? ['', 'Groups stand in ascending order of id.'] : []),
    '',
    '## Outputs',
    '',
    ...table([...(losses.length > 1 ? ['signature'] : []), 'output', 'shape', ''], outputRows),
    '',
  ].join('\n');
}
