/** Kernels of WebGPU as a module carries them, data that no backend has seen yet; and the text of a shader. */
import type { InputSpec } from '../specs.js';

/** So many numbers, and so many for each rollout, each group and each place of [B, T]. */
export interface WebgpuExtent {
  readonly numbers: number;
  readonly rollouts: number;
  readonly groups: number;
  readonly tokens: number;
}

/** What a kernel is bound to, at bindings 1, 2, … in order; `values`, `bins` and outputs are written. */
export type WebgpuBuffer =
  /**
   * `Layout.groupTable`, the lengths of the rollouts, the mask as float32; and what kernels tell each other, 32 bits each,
   * of which `bins` are 0 at first.
   */
  | { readonly kind: 'groups' | 'lengths' | 'mask' | 'values' | 'bins' }
  | { readonly kind: 'input'; readonly name: string }
  /** A result of every token: which of the outputs. */
  | { readonly kind: 'output'; readonly at: number };

export interface WebgpuKernel {
  /** Which parts of the module it is made of, in order. */
  readonly parts: readonly number[];
  /** Whether a lane can take several positions at once. */
  readonly isWide: boolean;
  readonly bound: readonly WebgpuBuffer[];
  /** One; one for each rollout; or a few, which take the rollouts in turn. */
  readonly workgroups: 'one' | 'rollouts' | 'few';
}

/** A number of the uniform buffer at binding 0. */
export type WebgpuUniform =
  | { readonly kind: 'rollouts' | 'groups' | 'positions' | 'infinity' | 'nan' }
  | { readonly kind: 'param'; readonly name: string };

/** A number of the result, or numbers as an input has them. */
export interface WebgpuOutput {
  readonly name: string;
  readonly level: InputSpec['level'];
  /** Where it begins in `values`; absent for tokens, which have a buffer of their own. */
  readonly from?: WebgpuExtent;
}

/** What is copied into `values` before the first kernel: the whole buffer. */
export interface WebgpuRelayed {
  readonly from: WebgpuBuffer;
  readonly level: InputSpec['level'];
  readonly to: WebgpuExtent;
}

/** The result as the function has it, with positions in the outputs for what stands there. */
export type WebgpuResult = number | { readonly [name: string]: WebgpuResult };

/** A fused function: kernels, to be run one after the other. */
export interface WebgpuFunction {
  readonly kernels: readonly WebgpuKernel[];
  readonly uniforms: readonly WebgpuUniform[];
  /** The size of `values`. */
  readonly values: WebgpuExtent;
  /** The size of `bins`. */
  readonly bins: number;
  readonly relayed: readonly WebgpuRelayed[];
  readonly outputs: readonly WebgpuOutput[];
  readonly result: WebgpuResult;
}

/** The fused functions of a module. */
export interface WebgpuModule {
  /** Pieces of shaders, each once. */
  readonly parts: readonly string[];
  /** By name; or, in words, why a function has no kernels. */
  readonly functions: Readonly<Record<string, WebgpuFunction | string>>;
}

/** How many positions a lane can take at once: a rollout has to have a multiple of that. */
export type WebgpuWidth = 1 | 4;

/** What shaders are told of a width. */
interface WidthText {
  /** Types of so many numbers, the place of each among them, and how one is read. */
  readonly types: string;
  /** What is kept in `values` of so many tokens. */
  readonly keeping: string;
}
const WIDTHS: { readonly [width in WebgpuWidth]: WidthText } = {
  1: {
    types: `const WIDTH = 1u;
alias Reals = f32;
alias Wholes = i32;
alias Words = u32;
alias Flags = bool;
const PARTS = 0;
fn real_of(all: Reals, part: u32) -> f32 { return all; }
fn flag_of(all: Flags, part: u32) -> bool { return all; }`,
    keeping: `fn kept(at: u32) -> Words { return values[at]; }
fn keep(at: u32, all: Words) { values[at] = all; }`,
  },
  4: {
    types: `const WIDTH = 4u;
alias Reals = vec4f;
alias Wholes = vec4i;
alias Words = vec4u;
alias Flags = vec4<bool>;
const PARTS = vec4i(0, 1, 2, 3);
fn real_of(all: Reals, part: u32) -> f32 { return all[part]; }
fn flag_of(all: Flags, part: u32) -> bool { return all[part]; }`,
    keeping: `fn kept(at: u32) -> Words {
  return vec4u(values[at], values[at + 1u], values[at + 2u], values[at + 3u]);
}
fn keep(at: u32, all: Words) {
  values[at] = all.x;
  values[at + 1u] = all.y;
  values[at + 2u] = all.z;
  values[at + 3u] = all.w;
}`,
  },
};

/** A shader of so many lanes in a workgroup, a power of two, which take so many positions at once. */
export function shaderText(parts: readonly string[], lanes: number, width: WebgpuWidth): string {
  const { types, keeping } = WIDTHS[width];
  const keeps = parts.some((part) => /\b(?:kept|keep)\(/.test(part)) ? [keeping] : [];
  return `${[`const LANES = ${String(lanes)}u;`, types, ...parts, ...keeps].join('\n\n')}\n`;
}

/** An extent as a count of numbers. */
export const countOf = (
  { numbers, rollouts, groups, tokens }: WebgpuExtent,
  sizes: { readonly rollouts: number; readonly groups: number; readonly positions: number },
): number =>
  numbers + rollouts * sizes.rollouts + groups * sizes.groups + tokens * sizes.rollouts * sizes.positions;
