/** The kernels of a module's functions as the object literal that it carries them in, of the type `WebgpuModule` of the runtime. */
import type { FusedPlan } from '../../plan/fused/program.js';
import { key, literal } from '../javascript/names.js';
import { wgslKernels } from './emit.js';
import type { Bound, Kernels } from './kernel.js';

/** A fused function: its plan, and the text of its result, with positions in the plan's outputs for what stands there. */
export interface PlannedFunction {
  readonly name: string;
  readonly plan: FusedPlan;
  readonly result: string;
}

/** Pieces that several kernels have are carried once. */
export function webgpuText(planned: readonly PlannedFunction[]): string {
  const parts = new Map<string, number>();
  const placeOf = (part: string): number => {
    const at = parts.get(part) ?? parts.size;
    parts.set(part, at);
    return at;
  };
  const functions = planned.map(({ name, plan, result }) => {
    const form = wgslKernels(plan);
    const text = 'because' in form ? literal(form.because) : functionText(form, plan, result, placeOf);
    return `${key(name)}: ${text}`;
  });
  return `{ parts: [${[...parts.keys()].map(template).join(', ')}], functions: { ${functions.join(', ')} } }`;
}

function functionText(
  { kernels, uniforms, values, bins, relayed, results }: Kernels,
  { outputs }: FusedPlan,
  result: string,
  placeOf: (part: string) => number,
): string {
  const printed = kernels.map(({ parts, isWide, bound, workgroups }) => ({
    parts: parts.map(placeOf),
    isWide,
    bound: bound.map(boundText),
    workgroups,
  }));
  const placed = outputs.map(({ name, level }, at) => ({
    name,
    level,
    from: results.find((one) => one.at === at)?.from,
  }));
  const copied = relayed.map(({ from, level, to }) => ({ from: boundText(from), level, to }));
  const data = { kernels: printed, uniforms, values, bins, relayed: copied, outputs: placed };
  const members = Object.entries(data).map(([name, value]) => `${name}: ${literalOf(value)}`);
  return `{ ${[...members, `result: ${result}`].join(', ')} }`;
}

/** Which type an input has, the module says of every input. */
const boundText = (bound: Bound): object =>
  bound.kind === 'input' ? { kind: bound.kind, name: bound.name } : bound;

/** Data as a literal. */
const literalOf = (value: object | number): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

/** A text of several lines as a literal that can be read. */
const template = (text: string): string => `\`${text.replace(/[\\`]|\$(?=\{)/g, (one) => `\\${one}`)}\``;
