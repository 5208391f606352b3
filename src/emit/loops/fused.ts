/** The fused functions of a module, over arrays: what every way of running it calls, with memory and walks of its own. */
import type { FunctionDeclarationStructure, OptionalKind } from 'ts-morph';
import type { Level } from '../../base/level.js';
import type { DerivedLoss, DerivedProgram } from '../../ir/program.js';
import { fuse } from '../../plan/fused/fuse.js';
import type { Wanted } from '../../plan/prepared.js';
import { levelOf, wantedMetrics, wantedOf } from '../../plan/wanted.js';
import { base64 } from '../javascript/base64.js';
import { calledIn } from '../javascript/called.js';
import { member, namesBeside, record } from '../javascript/names.js';
import { wasmBytes } from '../wasm/module.js';
import type { PlannedFunction } from '../wgsl/module.js';
import { fusedBody, type RowsOfBody } from './body.js';
import { LOOP_NAMES } from './scope.js';

/** What fused functions and walks take of the runtime, by name. */
export const FUSED_RUNTIME: readonly string[] = ['quantileOf', 'required'];

export interface FusedLoss {
  readonly loss: string;
  readonly lossAndGradients: string;
  /** Absent where there are no metrics. */
  readonly lossGradientsAndMetrics: string | undefined;
}
export interface Fused {
  readonly functions: readonly OptionalKind<FunctionDeclarationStructure>[];
  /** The function of the metrics, and those of each loss, by name. */
  readonly metrics: string;
  readonly losses: readonly FusedLoss[];
  /** Every walk, in order. */
  readonly rows: readonly RowsOfBody[];
  /** The plan of every function. */
  readonly planned: readonly PlannedFunction[];
}

/** How an array of a level is typed. */
const TYPES: Readonly<Record<Level, string>> = {
  token: 'Numbers',
  rollout: 'Numbers',
  group: 'Numbers',
  batch: 'number',
};

export const lossType = 'number';
const gradientMembers = (program: DerivedProgram, { gradients }: DerivedLoss): string =>
  `readonly loss: number; readonly gradients: { ${gradients
    .map(({ input }) => `readonly ${member(input)}: ${TYPES[levelOf(program, input)]}`)
    .join('; ')} }`;
export const gradientsType = (program: DerivedProgram, loss: DerivedLoss): string =>
  `{ ${gradientMembers(program, loss)} }`;
const metricsType = ({ metrics }: DerivedProgram): string =>
  `{ ${metrics.map(({ name }) => `readonly ${member(name)}: number`).join('; ')} }`;
export const withMetricsType = (program: DerivedProgram, loss: DerivedLoss): string =>
  `{ ${gradientMembers(program, loss)}; readonly metrics: ${metricsType(program)} }`;

/** The fused functions; `batchType` is the type of their batch, `taken` are names of the module. */
export function fusedFunctions(program: DerivedProgram, batchType: string, taken: readonly string[]): Fused {
  const module = namesBeside([...taken, ...FUSED_RUNTIME, ...LOOP_NAMES]);
  const rows: RowsOfBody[] = [];
  const planned: PlannedFunction[] = [];
  const functions: OptionalKind<FunctionDeclarationStructure>[] = [];
  const called = calledIn(program);
  const add = (
    wanted: readonly Wanted[],
    name: string,
    returnType: string,
    result: (outputs: readonly string[]) => string,
  ): string => {
    const own = module.fresh(name);
    const names = namesBeside([...taken, ...FUSED_RUNTIME, ...LOOP_NAMES]);
    const plan = fuse(wanted, called);
    const body = fusedBody(plan, program, names, () => module.fresh('rows'));
    rows.push(...body.rows);
    planned.push({ name: own, plan, result: result(plan.outputs.map((_, at) => String(at))) });
    const statements = [...body.lines, `return ${result(body.outputs)};`];
    functions.push({
      name: own,
      parameters: parametersIn(statements, [
        { name: 'batch', type: batchType },
        { name: 'layout', type: 'RowLayout' },
        { name: 'params', type: 'Partial<Params>' },
        { name: 'memory', type: 'Memory' },
        { name: 'kernels', type: 'Kernels' },
      ]),
      returnType,
      statements,
    });
    return own;
  };
  const reported = wantedMetrics(program);
  const metricsText = (outputs: readonly string[]): string =>
    record(
      reported.map(({ name }) => name),
      outputs,
    );
  const losses = program.losses.map((loss): FusedLoss => {
    const suffix = program.losses.length > 1 ? `_${loss.name ?? ''}` : '';
    const wanted = wantedOf(program, loss);
    const gradients = (outputs: readonly string[]): string =>
      record(
        loss.gradients.map(({ input }) => input),
        outputs,
      );
    const reached = loss.gradients.length;
    return {
      loss: add(wanted.slice(0, 1), `fused_loss${suffix}`, lossType, ([one = '0']) => one),
      lossAndGradients: add(
        wanted,
        `fused_lossAndGradients${suffix}`,
        gradientsType(program, loss),
        ([one = '0', ...others]) => `{ loss: ${one}, gradients: ${gradients(others)} }`,
      ),
      lossGradientsAndMetrics:
        reported.length === 0
          ? undefined
          : add(
              [...wanted, ...reported],
              `fused_lossGradientsAndMetrics${suffix}`,
              withMetricsType(program, loss),
              ([one = '0', ...others]) =>
                `{ loss: ${one}, gradients: ${gradients(others)}, metrics: ${metricsText(others.slice(reached))} }`,
            ),
    };
  });
  const metrics = add(reported, 'fused_metrics', metricsType(program), metricsText);
  return { functions, metrics, losses, rows, planned };
}

interface Parameter {
  readonly name: string;
  readonly type: string;
}
/** The same for every function of its kind: those that these lines do not read are marked, as compilers of projects may ask. */
function parametersIn(lines: readonly string[], parameters: readonly Parameter[]): Parameter[] {
  const words = new Set(lines.flatMap((line) => line.match(/[\p{ID_Continue}$]+/gu) ?? []));
  return parameters.map(({ name, type }) => ({ name: words.has(name) ? name : `_${name}`, type }));
}

/** The walks as functions of JavaScript, and the table of them. */
export const loopsText = (rows: readonly RowsOfBody[]): readonly string[] => [
  ...rows.map(({ name, params, body }) => {
    const own = parametersIn(body, [
      { name: 'from', type: 'number' },
      { name: 'to', type: 'number' },
      ...params,
    ]);
    const list = own.map((one) => `${one.name}: ${one.type}`).join(', ');
    return `function ${name}(${list}): void {\n${body.join('\n')}\n}`;
  }),
  `/** The walks over the tokens, as loops. */\nconst loops = { ${rows.map(({ name }) => name).join(', ')} };`,
  'type Kernels = typeof loops;',
];

/** The bytes of the walks as an object literal. */
export async function wasmText(rows: readonly RowsOfBody[]): Promise<string> {
  const { simd, relaxed } = await wasmBytes(rows);
  return `{ simd: '${base64(simd)}', relaxed: '${base64(relaxed)}' }`;
}
