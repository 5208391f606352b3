/** The bodies of a module's functions. */
import type { Level } from '../../base/level.js';
import type { DerivedProgram, InputInfo } from '../../ir/program.js';
import { access, key, member } from '../javascript/names.js';
import type { Statements } from './statements.js';

export interface Body {
  /** Reads the parameters. */
  readonly params: readonly string[];
  readonly statements: Statements;
}

const TENSORS: Readonly<Record<Level, string>> = {
  token: 'tf.Tensor2D',
  rollout: 'tf.Tensor1D',
  group: 'tf.Tensor1D',
  batch: 'tf.Scalar',
};
export const tensorType = (level: Level): string => TENSORS[level];

export const metricsType = (metrics: DerivedProgram['metrics']): string =>
  `{ ${metrics.map(({ name }) => `readonly ${member(name)}: tf.Scalar`).join('; ')} }`;

const scalar = (text: string): string => `scalar(${text})`;

const inTidy = ({ params, statements }: Body, result: string): string[] => [
  ...params,
  'return tf.tidy(() => {',
  ...statements.lines,
  `return ${result};`,
  '});',
];

export const lossAloneStatements = (body: Body): string[] =>
  inTidy(body, scalar(body.statements.outputs[0] ?? '0'));

export const metricStatements = (body: Body, metrics: DerivedProgram['metrics']): string[] =>
  inTidy(
    body,
    `{ ${metrics.map(({ name }, at) => `${key(name)}: ${scalar(body.statements.outputs[at] ?? '0')}`).join(', ')} }`,
  );

/** Where no token counts, nothing is received, whatever stands there. */
function gradientText(text: string, level: Level): string {
  if (level === 'token') return `masked(${text}, layout)`;
  return level === 'batch' ? scalar(text) : `tf.reshape(${text}, [-1]) as tf.Tensor1D`;
}

export function gradientStatements(body: Body, models: readonly InputInfo[]): string[] {
  const [loss = '0', ...values] = body.statements.outputs;
  const gradients = models.map(
    ({ name, level }, at) => `${key(name)}: ${gradientText(values[at] ?? '0', level)}`,
  );
  return inTidy(body, `{ loss: ${scalar(loss)}, gradients: { ${gradients.join(', ')} } }`);
}

/** What the functions of one loss are called in the module. */
export interface LossNames {
  readonly loss: string;
  readonly lossAndGradients: string;
  readonly lossAlone: string;
}

/** Tensors have to be arguments of what `tf.customGrad` makes: it does not see what is captured. */
export function lossStatements(
  models: readonly InputInfo[],
  { lossAlone, lossAndGradients }: LossNames,
): string[] {
  const given = models.map(({ name, level }, at) => `${key(name)}: args[${at}] as ${tensorType(level)}`);
  return [
    `if (!isDifferentiating()) return ${lossAlone}(batch, layout, params);`,
    'const differentiable = tf.customGrad<tf.Scalar>((...args) => {',
    `const save = args[${models.length}] as tf.GradSaveFunc;`,
    `const { loss, gradients } = ${lossAndGradients}({ ...batch, ${given.join(', ')} }, layout, params);`,
    `const finished = [${models.map(({ name }) => access('gradients', name)).join(', ')}];`,
    'save(finished);',
    'tf.dispose(finished);',
    'const gradFunc = (upstream: tf.Scalar, saved: tf.Tensor[]): tf.Tensor[] => saved.map((one) => tf.mul(one, upstream));',
    'return { value: loss, gradFunc };',
    '});',
    `return differentiable(${models.map(({ name }) => access('batch', name)).join(', ')});`,
  ];
}
