/** The module of one objective over plain arrays: the exports of any module, and no import. */
import type { FunctionDeclarationStructure, OptionalKind, SourceFile } from 'ts-morph';
import type { Level } from '../../base/level.js';
import type { DerivedLoss, DerivedProgram, InputInfo, Wording } from '../../ir/program.js';
import { fuse } from '../../plan/fused/fuse.js';
import type { Wanted } from '../../plan/prepared.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { calledIn } from '../javascript/called.js';
import { addConstants, addTypes } from '../javascript/declarations.js';
import { gradientsSummary, header, lossSummary, metricsSummary } from '../javascript/docs.js';
import { addRuntime } from '../javascript/imports.js';
import { key, member, namesBeside } from '../javascript/names.js';
import { fusedBody, type FusedBody } from './body.js';
import { LOOP_NAMES } from './scope.js';

/** What the code takes of the runtime. */
const RUNTIME: readonly string[] = [
  'realArray',
  'flagArray',
  'placeArray',
  'zerosLike',
  'quantileOf',
  'required',
];
const ALWAYS: readonly string[] = ['rowLayout', 'checkArrays'];
const EXPORTED: readonly string[] = ['BatchError', 'RowLayout', 'InputSpec', 'ParamSpec', 'Numbers'];

/** Names of a module that no local variable takes. */
export const ARRAY_NAMES: readonly string[] = [...RUNTIME, ...ALWAYS, ...LOOP_NAMES];

const COMMON = [
  { name: 'batch', type: 'Batch' },
  { name: 'layout', type: 'Layout' },
  { name: 'params', type: 'Partial<Params>', initializer: '{}' },
];

const TYPES: Readonly<Record<Level, string>> = {
  token: 'Numbers',
  rollout: 'Numbers',
  group: 'Numbers',
  batch: 'number',
};

export async function moduleText(
  program: DerivedProgram,
  options: EmitOptions & Provenance,
): Promise<string> {
  const { Project, VariableDeclarationKind, SyntaxKind } = await import('ts-morph');
  const project = new Project({ useInMemoryFileSystem: true });
  const file = project.createSourceFile('module.ts', '');
  addConstants(file, program, VariableDeclarationKind.Const);
  addTypes(file, program, {
    mask: 'ArrayLike<number>',
    maskDoc:
      '1 where a token counts, 0 elsewhere, B × T numbers, row by row. What stands where it is 0 is not read.',
    input: ({ level, role }) =>
      level === 'batch' ? 'number' : role === 'model' ? 'Numbers' : 'ArrayLike<number>',
  });
  addLayout(file);
  for (const [at, loss] of program.losses.entries()) addLoss(file, program, loss, at, options.wording);
  addLosses(file, program);
  addMetrics(file, program);
  file.addFunction({
    name: 'validate',
    isExported: true,
    parameters: COMMON.filter(({ name }) => name !== 'layout'),
    returnType: 'void',
    statements: ['checkArrays(inputs, parameters, batch, params);'],
    docs: ['Checks a batch and its parameters, and throws a `BatchError` that names the first thing wrong.'],
  });
  const mentioned = new Set(file.getDescendantsOfKind(SyntaxKind.Identifier).map((one) => one.getText()));
  await addRuntime(file, [...ALWAYS, ...RUNTIME.filter((name) => mentioned.has(name))], EXPORTED);
  // Doc comments are set off by a blank line, which the printer does not add.
  return `${header(program, 'js', options)}\n${file.getFullText().replace(/(?<!\n)\n\/\*\*/g, '\n\n/**')}`;
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

interface LossNames {
  readonly loss: string;
  readonly lossAndGradients: string;
}
const namesOf = (program: DerivedProgram, { name = 'loss' }: DerivedLoss): LossNames =>
  program.losses.length === 1
    ? { loss: 'loss', lossAndGradients: 'lossAndGradients' }
    : { loss: `loss_${name}`, lossAndGradients: `lossAndGradients_${name}` };

function bodyFor(program: DerivedProgram, wanted: readonly Wanted[]): FusedBody {
  return fusedBody(fuse(wanted, calledIn(program)), program, namesBeside(ARRAY_NAMES));
}

/** What a loss and its gradients want of a plan. */
export const wantedOf = (program: DerivedProgram, { loss, gradients }: DerivedLoss): readonly Wanted[] => [
  { name: 'loss', level: 'batch', value: loss },
  ...gradients.map(({ input, value }): Wanted => ({ name: input, level: levelOf(program, input), value })),
];
export const levelOf = ({ inputs }: DerivedProgram, name: string): Level =>
  inputs.find((one: InputInfo) => one.name === name)?.level ?? 'batch';

function addLoss(
  file: SourceFile,
  program: DerivedProgram,
  loss: DerivedLoss,
  at: number,
  wording: Wording | undefined,
): void {
  const called = namesOf(program, loss);
  const isExported = program.losses.length === 1;
  const add = (one: OptionalKind<FunctionDeclarationStructure>): void => {
    file.addFunction({ ...one, isExported, parameters: COMMON });
  };
  const [lossOnly] = wantedOf(program, loss);
  const alone = bodyFor(program, lossOnly === undefined ? [] : [lossOnly]);
  add({
    name: called.loss,
    returnType: 'number',
    statements: [...alone.lines, `return ${alone.outputs[0] ?? '0'};`],
    docs: [lossSummary(program, at, wording, [])],
  });
  const { lines, outputs } = bodyFor(program, wantedOf(program, loss));
  const gradients = loss.gradients.map(({ input }, of) => `${key(input)}: ${outputs[of + 1] ?? '0'}`);
  const types = loss.gradients.map(
    ({ input }) => `readonly ${member(input)}: ${TYPES[levelOf(program, input)]}`,
  );
  add({
    name: called.lossAndGradients,
    returnType: `{ readonly loss: number; readonly gradients: { ${types.join('; ')} } }`,
    statements: [...lines, `return { loss: ${outputs[0] ?? '0'}, gradients: { ${gradients.join(', ')} } };`],
    docs: [gradientsSummary(program, loss, ', in arrays of the precision of its inputs.')],
  });
}

/** Every loss by the name of its optimizer: what a trainer goes by that takes any module. */
function addLosses(file: SourceFile, program: DerivedProgram): void {
  const entries = program.losses.map((loss) => {
    const { loss: alone, lossAndGradients } = namesOf(program, loss);
    return `${key(loss.name ?? 'loss')}: { loss: ${alone}, lossAndGradients: ${lossAndGradients} }`;
  });
  const types = program.losses.map((loss) => {
    const { loss: alone, lossAndGradients } = namesOf(program, loss);
    return `readonly ${member(loss.name ?? 'loss')}: { readonly loss: typeof ${alone}; readonly lossAndGradients: typeof ${lossAndGradients} }`;
  });
  file.addStatements([
    `/** What is minimised, by the name of the optimizer that it is for; \`loss\` where it has none. */\nexport const losses: { ${types.join('; ')} } = { ${entries.join(', ')} };`,
  ]);
}

function addMetrics(file: SourceFile, program: DerivedProgram): void {
  const wanted = program.metrics.map(({ name, value }): Wanted => ({ name, level: 'batch', value }));
  const { lines, outputs } = bodyFor(program, wanted);
  const values = program.metrics.map(({ name }, at) => `${key(name)}: ${outputs[at] ?? '0'}`);
  const types = program.metrics.map(({ name }) => `readonly ${member(name)}: number`);
  file.addFunction({
    name: 'metrics',
    isExported: true,
    parameters: COMMON,
    returnType: `{ ${types.join('; ')} }`,
    statements: [...lines, `return { ${values.join(', ')} };`],
    docs: [metricsSummary(program, '')],
  });
}
