/** The module of one objective over plain arrays: the exports of any module, and no import. */
import type { SourceFile } from 'ts-morph';
import type { DerivedProgram, Wording } from '../../ir/program.js';
import { levelOf } from '../../plan/wanted.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { addConstants, addTypes } from '../javascript/declarations.js';
import type { ModuleText } from '../javascript/files.js';
import {
  gradientsSummary,
  header,
  lossSummary,
  metricsSummary,
  togetherSummary,
} from '../javascript/docs.js';
import { LOSS_LIST_DOC, lossList } from '../javascript/loss-list.js';
import { namesIn, runtimeText } from '../javascript/imports.js';
import { literal, member } from '../javascript/names.js';
import type { RowsOfBody } from './body.js';
import {
  FUSED_RUNTIME,
  fusedFunctions,
  gradientsType,
  loopsText,
  lossType,
  wasmText,
  withMetricsType,
  type FusedLoss,
} from './fused.js';

/** What every module takes of the runtime, besides what fused functions do. */
const TAKEN: readonly string[] = [
  ...['rowLayout', 'checkArrays', 'wasmEngine', 'memoryInto', 'checkedBatch'],
  ...['Memory', 'LaneFlags'],
];
const EXPORTED: readonly string[] = ['BatchError', 'RowLayout', 'InputSpec', 'ParamSpec', 'Numbers'];

const COMMON = [
  { name: 'batch', type: 'Batch' },
  { name: 'layout', type: 'Layout' },
  { name: 'params', type: 'Partial<Params>', initializer: '{}' },
];

const IN_ARRAYS =
  ', in the arrays of `into`, which are no inputs and have their sizes, or in new ones of the precision of its inputs.';

/** The module's text; `target` says whether walks are loops of JavaScript or code of WebAssembly. */
export async function moduleText(
  program: DerivedProgram,
  options: EmitOptions & Provenance,
  target: 'js' | 'wasm',
): Promise<ModuleText> {
  const { Project, VariableDeclarationKind } = await import('ts-morph');
  const project = new Project({ useInMemoryFileSystem: true });
  const file = project.createSourceFile('module.ts', '');
  addConstants(file, program, VariableDeclarationKind.Const);
  addTypes(file, program, {
    mask: 'ArrayLike<number>',
    maskDoc:
      '1 where a token counts, 0 elsewhere, B × T numbers, row by row. What stands where it is 0 is not read.',
    input: ({ level, role }) =>
      level === 'batch' ? 'number' : role === 'model' ? 'Numbers' : 'ArrayLike<number>',
    metric: 'number',
  });
  addLayout(file);
  const fused = fusedFunctions(program, 'Batch', TAKEN);
  const call = target === 'js' ? callOfLoops : callOfWasm;
  addLosses(
    file,
    program,
    fused.losses.map((one, at) => addLoss(file, program, at, one, call, options.wording)),
  );
  file.addFunction({
    name: 'metrics',
    isExported: true,
    parameters: COMMON,
    returnType: 'Metrics',
    statements: [call(fused.metrics, [])],
    docs: [metricsSummary('')],
  });
  file.addFunction({
    name: 'validate',
    isExported: true,
    parameters: COMMON.filter(({ name }) => name !== 'layout'),
    returnType: 'void',
    statements: ['checkArrays(inputs, parameters, batch, params);'],
    docs: ['Checks a batch and its parameters, and throws a `BatchError` that names the first thing wrong.'],
  });
  for (const one of fused.functions) file.addFunction(one);
  if (target === 'js') file.addStatements([...loopsText(fused.rows)]);
  else await addWasm(file, fused.rows);
  const { mentioned } = await namesIn(file);
  const carried = await runtimeText(
    [...TAKEN, ...FUSED_RUNTIME].filter((name) => mentioned.has(name)),
    EXPORTED,
  );
  // Doc comments are set off by a blank line, which the printer does not add.
  const own = file.getFullText().replace(/(?<!\n)\n\/\*\*/g, '\n\n/**');
  return { own: `${header(program, target, options)}\n${own}`, carried };
}

function addLayout(file: SourceFile): void {
  file.addTypeAlias({
    name: 'Layout',
    isExported: true,
    type: 'RowLayout',
    docs: ['Where the rollouts of each group and the tokens of each rollout stand.'],
  });
  file.addFunction({
    name: 'prepare',
    isExported: true,
    parameters: [{ name: 'batch', type: "Pick<Batch, 'group'> & { readonly mask?: ArrayLike<number> }" }],
    returnType: 'Layout',
    statements: ['return rowLayout(batch.group, batch.mask);'],
    docs: ['The layout of a batch: once per batch.'],
  });
}

/** What a module calls a loss: as it is where it is alone, behind `losses` where there are several. */
interface LossNames {
  readonly loss: string;
  readonly lossAndGradients: string;
  readonly lossGradientsAndMetrics: string;
}

function addLoss(
  file: SourceFile,
  program: DerivedProgram,
  at: number,
  fused: FusedLoss,
  call: Call,
  wording: Wording | undefined,
): LossNames {
  const loss = program.losses[at];
  if (loss === undefined) throw new Error('internal: a loss was lost');
  const suffix = program.losses.length > 1 ? `_${loss.name ?? ''}` : '';
  const called = {
    loss: `loss${suffix}`,
    lossAndGradients: `lossAndGradients${suffix}`,
    lossGradientsAndMetrics: `lossGradientsAndMetrics${suffix}`,
  };
  const outputs = loss.gradients
    .map(({ input }) => input)
    .filter((name) => levelOf(program, name) !== 'batch');
  const isExported = program.losses.length === 1;
  const members = outputs.map((name) => `readonly ${member(name)}?: Numbers`);
  const into = { name: 'into', type: `{ ${members.join('; ')} }`, initializer: '{}' };
  const common = { isExported, parameters: outputs.length === 0 ? COMMON : [...COMMON, into] };
  file.addFunction({
    isExported,
    parameters: COMMON,
    name: called.loss,
    returnType: lossType,
    statements: [call(fused.loss, [])],
    docs: [lossSummary(program, at, wording, [])],
  });
  file.addFunction({
    ...common,
    name: called.lossAndGradients,
    returnType: gradientsType(program, loss),
    statements: [call(fused.lossAndGradients, outputs)],
    docs: [gradientsSummary(program, loss, outputs.length === 0 ? '.' : IN_ARRAYS)],
  });
  file.addFunction({
    ...common,
    name: called.lossGradientsAndMetrics,
    returnType: withMetricsType(program, loss),
    statements: [
      fused.lossGradientsAndMetrics === undefined
        ? `return { ...${called.lossAndGradients}(batch, layout, params${outputs.length === 0 ? '' : ', into'}), metrics: {} };`
        : call(fused.lossGradientsAndMetrics, outputs),
    ],
    docs: [togetherSummary('')],
  });
  return called;
}

/** Statements that call a fused function whose array results are the gradients of these inputs. */
type Call = (name: string, outputs: readonly string[]) => string;
const callOfLoops: Call = (name, outputs) =>
  `const step = { ${stepText(outputs)} };\nreturn ${name}(checkedBatch(step) as Batch, layout, params, memoryInto(step), loops);`;
const callOfWasm: Call = (name, outputs) =>
  `return engine.run({ ${stepText(outputs)}, of: (placed, at, memory, kernels) => ${name}(placed as Batch, at, params, memory, kernels as Kernels) });`;
const stepText = (outputs: readonly string[]): string =>
  `inputs, batch, layout, parameters, params, outputs: [${outputs.map(literal).join(', ')}]${outputs.length === 0 ? '' : ', into'}`;

/** The bytes of the walks, the engine that runs them, and their types. */
async function addWasm(file: SourceFile, rows: readonly RowsOfBody[]): Promise<void> {
  const types = rows.map(
    ({ name, params }) =>
      `readonly ${name}: (from: number, to: number${params.map((one) => `, ${one.name}: ${one.type}`).join('')}) => void`,
  );
  file.addStatements([
    `interface Kernels { ${types.join('; ')} }`,
    `/** The walks over the tokens, in WebAssembly. */\nconst engine = wasmEngine(${await wasmText(rows)});`,
  ]);
}

function addLosses(file: SourceFile, program: DerivedProgram, called: readonly LossNames[]): void {
  const { type, value } = lossList(
    program.losses.map(({ name }, at) => ({ name, functions: { ...called[at] } })),
  );
  file.addStatements([`/** ${LOSS_LIST_DOC} */\nexport const losses: ${type} = ${value};`]);
}
