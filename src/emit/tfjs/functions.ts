/** The bodies of a module's functions. */
import type { Level } from '../../base/level.js';
import type { DerivedProgram, InputInfo } from '../../ir/program.js';
import { access, key, record } from '../javascript/names.js';
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
  inTidy(body, metricsText(body.statements.outputs, metrics));

const metricsText = (outputs: readonly string[], metrics: DerivedProgram['metrics']): string =>
  record(
    metrics.map(({ name }) => name),
    outputs.map(scalar),
  );

/** Where no token counts, nothing is received, whatever stands there. */
function gradientText(text: string, level: Level): string {
  if (level === 'token') return `masked(${text}, layout)`;
  return level === 'batch' ? scalar(text) : `tf.reshape(${text}, [-1]) as tf.Tensor1D`;
}

const gradientsText = (outputs: readonly string[], models: readonly InputInfo[]): string =>
  record(
    models.map(({ name }) => name),
    models.map(({ level }, at) => gradientText(outputs[at] ?? '0', level)),
  );

export function gradientStatements(body: Body, models: readonly InputInfo[]): string[] {
  const [loss = '0', ...values] = body.statements.outputs;
  return inTidy(body, `{ loss: ${scalar(loss)}, gradients: ${gradientsText(values, models)} }`);
}

/** For a body whose outputs are the loss, the gradients, and the metrics. */
export function allStatements(
  body: Body,
  models: readonly InputInfo[],
  metrics: DerivedProgram['metrics'],
): string[] {
  const [loss = '0', ...values] = body.statements.outputs;
  const reported = metricsText(values.slice(models.length), metrics);
  return inTidy(
    body,
    `{ loss: ${scalar(loss)}, gradients: ${gradientsText(values, models)}, metrics: ${reported} }`,
  );
}

/** What the functions of one loss are called in the module. */
export interface LossNames {
  readonly loss: string;
  readonly lossAndGradients: string;
  readonly lossGradientsAndMetrics: string;
  readonly lossAlone: string;
}

export function lossStatements(
  models: readonly InputInfo[],
  { lossAlone, lossAndGradients, lossGradientsAndMetrics }: LossNames,
): string[] {
  const given = models.map(({ name, level }, at) => `${key(name)}: models[${at}] as ${tensorType(level)}`);
  const finished = models.map(({ name }) => access('gradients', name));
  return [
    'if (!isDifferentiating())',
    `return report === undefined ? ${lossAlone}(batch, layout, params) : reported(${lossGradientsAndMetrics}(batch, layout, params), report);`,
    `return differentiated([${models.map(({ name }) => access('batch', name)).join(', ')}], (models) => {`,
    `const given = { ...batch, ${given.join(', ')} };`,
    'if (report === undefined) {',
    `const { loss, gradients } = ${lossAndGradients}(given, layout, params);`,
    `return { loss, gradients: [${finished.join(', ')}], metrics: undefined };`,
    '}',
    `const { loss, gradients, metrics } = ${lossGradientsAndMetrics}(given, layout, params);`,
    `return { loss, gradients: [${finished.join(', ')}], metrics };`,
    '}, report);',
  ];
}
