/** The functions of a module: three for each loss, `losses` that lists them, the metrics, and the validation. */
import type { SourceFile } from 'ts-morph';
import type { DerivedLoss, DerivedProgram, InputInfo } from '../../ir/program.js';
import type { LossPlans, Plan, Plans } from '../../plan/plan.js';
import {
  gradientsSummary,
  lossSummary,
  metricsSummary,
  onceDifferentiable,
  togetherSummary,
} from '../javascript/docs.js';
import {
  allStatements,
  gradientStatements,
  lossAloneStatements,
  lossStatements,
  metricStatements,
  tensorType,
  type Body,
  type LossNames,
} from './functions.js';
import { RUNTIME_NAMES } from '../javascript/imports.js';
import { LOSS_LIST_DOC, lossList } from '../javascript/loss-list.js';
import { literal, member, namesBeside, numberText, optional } from '../javascript/names.js';
import type { FusedLoss } from '../loops/fused.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { addFused, fusedFirst, fusedOf } from './fused-path.js';
import { statementsFor } from './statements.js';

const COMMON = [
  { name: 'batch', type: 'Batch' },
  { name: 'layout', type: 'Layout' },
  { name: 'params', type: 'Partial<Params>', initializer: '{}' },
];

const REPORT = { name: 'report', type: '(metrics: Metrics) => void', hasQuestionToken: true };

const SINGLE: LossNames = {
  loss: 'loss',
  lossAndGradients: 'lossAndGradients',
  lossGradientsAndMetrics: 'lossGradientsAndMetrics',
  lossAlone: 'lossAlone',
};

/** A loss that is alone is exported as it is; of several, each has functions of its own name behind `losses`. */
export async function addFunctions(
  file: SourceFile,
  program: DerivedProgram,
  plans: Plans,
  options: EmitOptions & Provenance,
): Promise<void> {
  const { wording, kernels } = options;
  const names = namesBeside(RUNTIME_NAMES);
  const losses = program.losses.map((loss) => ({
    loss,
    called: program.losses.length === 1 ? SINGLE : namesOf(loss.name ?? 'loss', names.fresh),
  }));
  const taken = losses.flatMap(({ called }) => Object.values(called) as readonly string[]);
  const fused = kernels === false ? undefined : fusedOf(program, [...RUNTIME_NAMES, ...taken]);
  for (const [at, { loss, called }] of losses.entries()) {
    const own = plans.losses[at];
    if (own === undefined) throw new Error('internal: a loss was lost');
    const summary = lossSummary(program, at, wording, onceDifferentiable(loss));
    addLoss(file, program, loss, own, called, fused?.losses[at], summary);
  }
  await addList(file, losses);
  file.addFunction({
    name: 'metrics',
    isExported: true,
    parameters: COMMON,
    returnType: 'Metrics',
    statements: [
      ...fusedFirst(program, fused?.metrics, [], 'Metrics'),
      ...metricStatements(bodyOf(plans.metrics, program), program.metrics),
    ],
    docs: [metricsSummary(' The caller disposes them.')],
  });
  file.addFunction({
    name: 'validate',
    isExported: true,
    parameters: COMMON.filter(({ name }) => name !== 'layout'),
    returnType: 'Promise<void>',
    statements: ['return checkBatch(inputs, parameters, batch, params);'],
    docs: [
      'Checks a batch and its parameters, and rejects with a `BatchError` that names the first thing wrong. It waits for\nvalues from the device, so it is not for every step.',
    ],
  });
  if (fused !== undefined) await addFused(file, program, fused, options);
}

/** No name of the runtime, and none that a module declares, has an underscore. */
const namesOf = (name: string, fresh: (wanted: string) => string): LossNames => ({
  loss: fresh(`loss_${name}`),
  lossAndGradients: fresh(`lossAndGradients_${name}`),
  lossGradientsAndMetrics: fresh(`lossGradientsAndMetrics_${name}`),
  lossAlone: fresh(`lossAlone_${name}`),
});

function addLoss(
  file: SourceFile,
  program: DerivedProgram,
  loss: DerivedLoss,
  plans: LossPlans,
  called: LossNames,
  fused: FusedLoss | undefined,
  summary: string,
): void {
  const models = loss.gradients
    .map(({ input }) => program.inputs.find(({ name }) => name === input))
    .filter((one) => one !== undefined);
  const isExported = called === SINGLE;
  const gradients = models.map(({ name }) => name);
  const members = `readonly loss: tf.Scalar; readonly gradients: { ${gradientType(models)} }`;
  const returnType = `{ ${members} }`;
  file.addFunction({
    name: called.loss,
    isExported,
    parameters: [...COMMON, REPORT],
    returnType: 'tf.Scalar',
    statements: lossStatements(models, called),
    docs: [summary],
  });
  file.addFunction({
    name: called.lossAndGradients,
    isExported,
    parameters: COMMON,
    returnType,
    statements: [
      ...fusedFirst(program, fused?.lossAndGradients, gradients, returnType),
      ...gradientStatements(bodyOf(plans.gradients, program), models),
    ],
    docs: [gradientsSummary(program, loss, ', without `tf.grads`. The caller disposes both.')],
  });
  const withMetrics = `{ ${members}; readonly metrics: Metrics }`;
  file.addFunction({
    name: called.lossGradientsAndMetrics,
    isExported,
    parameters: COMMON,
    returnType: withMetrics,
    statements:
      program.metrics.length === 0
        ? [`return { ...${called.lossAndGradients}(batch, layout, params), metrics: {} };`]
        : [
            ...fusedFirst(program, fused?.lossGradientsAndMetrics, gradients, withMetrics),
            ...allStatements(bodyOf(plans.withMetrics, program), models, program.metrics),
          ],
    docs: [togetherSummary(' The caller disposes all.')],
  });
  file.addFunction({
    name: called.lossAlone,
    parameters: COMMON,
    returnType: 'tf.Scalar',
    statements: [
      ...fusedFirst(program, fused?.loss, [], 'tf.Scalar'),
      ...lossAloneStatements(bodyOf(plans.loss, program)),
    ],
    docs: ['The loss where nobody asks for its derivative, [].'],
  });
}

const gradientType = (models: readonly InputInfo[]): string =>
  models.map(({ name, level }) => `readonly ${member(name)}: ${tensorType(level)}`).join('; ');

interface Called {
  readonly loss: DerivedLoss;
  readonly called: LossNames;
}

async function addList(file: SourceFile, losses: readonly Called[]): Promise<void> {
  const { VariableDeclarationKind } = await import('ts-morph');
  const { type, value } = lossList(
    losses.map(({ loss: { name }, called: { lossAlone: _, ...functions } }) => ({ name, functions })),
  );
  file.addVariableStatement({
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [{ name: 'losses', type, initializer: value }],
    docs: [LOSS_LIST_DOC],
  });
}

/** The statements of a plan, and of the parameters that it reads. */
function bodyOf(plan: Plan, program: DerivedProgram): Body {
  const names = namesBeside(RUNTIME_NAMES);
  const used = new Set(
    plan.steps.flatMap(({ node }) => (node.op === 'input' && node.role === 'param' ? [node.name] : [])),
  );
  const locals = new Map(
    program.params.filter(({ name }) => used.has(name)).map(({ name }) => [name, names.fresh(name)]),
  );
  const statements = statementsFor(plan, { names, paramName: (name) => locals.get(name) ?? '' });
  const params = program.params.flatMap((param) => {
    const local = locals.get(param.name);
    if (local === undefined) return [];
    const fallback =
      param.default === undefined ? `required(${literal(param.name)})` : numberText(param.default);
    return [`const ${local} = ${optional('params', param.name)} ?? ${fallback};`];
  });
  return { params, statements };
}
