/** What is printed of a fused plan for WebGPU: compute shaders as data, which any executor can run. */
import type { Level } from '../../base/level.js';

/**
 * What a kernel is bound to, at bindings 1, 2, … of group 0 in order; all but what is said otherwise is only read.
 * Binding 0 is the uniform buffer of `uniforms`.
 */
export type Bound =
  /** int32 [2B + P + 1]: the group of each rollout; the rollouts of the first group, of the second, …; where each begins there. */
  | { readonly kind: 'groups' }
  /** float32 [B]: the number of tokens of each rollout that count. */
  | { readonly kind: 'lengths' }
  /** float32 [B, T]: 0 where a token does not count. */
  | { readonly kind: 'mask' }
  /** float32, int32 for tags: an input of the program; of tokens it is [B, T]. */
  | { readonly kind: 'input'; readonly name: string; readonly isTag: boolean; readonly isToken: boolean }
  /** 32 bits each, written: what kernels and walks tell each other, and results that are no token's. */
  | { readonly kind: 'values' }
  /** uint32 each, added to by all workgroups, and 0 when the first kernel begins: how many tokens have which digits. */
  | { readonly kind: 'bins' }
  /** float32 [B, T], written: the result at a position in the plan's outputs; 0 where a token does not count. */
  | { readonly kind: 'output'; readonly at: number };

export interface Kernel {
  /**
   * The shader in pieces, of which some kernels have the same. Before them whoever runs it declares `LANES`, the lanes of a
   * workgroup, a `const` of type u32 and a power of two; and `WIDTH`, how many positions a lane takes at once, with the
   * types and functions of so many numbers that `shaderText` of the runtime has.
   */
  readonly parts: readonly string[];
  /** Whether `WIDTH` may be more than 1, where it divides the number of positions. */
  readonly isWide: boolean;
  readonly bound: readonly Bound[];
  /**
   * One workgroup; one for each rollout: `min(B, 65535)` in x and as many in y as that takes; or at most as many as
   * rollouts, in x, and so few that each can afford work for the whole batch: they take the rollouts in turn. The function
   * of the shader is `main`.
   */
  readonly workgroups: 'one' | 'rollouts' | 'few';
}

/** So many numbers, and so many for each rollout, each group and each place of [B, T]. */
export interface Extent {
  readonly numbers: number;
  readonly rollouts: number;
  readonly groups: number;
  readonly tokens: number;
}

/** Where a result stands that is no token's: float32 in `values`, from there on. */
export interface Result {
  readonly at: number;
  readonly level: Exclude<Level, 'token'>;
  readonly from: Extent;
}

/** What is copied into `values` before the first kernel, 32 bits each, so that kernels are bound to fewer buffers. */
export interface Relayed {
  readonly from: Extract<Bound, { readonly kind: 'input' | 'lengths' }>;
  readonly level: Exclude<Level, 'token'>;
  readonly to: Extent;
}

/** A number of the uniform buffer: 32 bits each, in order; sizes are uint32, all else is float32. */
export type Uniform =
  | { readonly kind: 'rollouts' | 'groups' | 'positions' | 'infinity' | 'nan' }
  | { readonly kind: 'param'; readonly name: string };

/** Kernels, to be run one after the other. */
export interface Kernels {
  readonly kernels: readonly Kernel[];
  readonly uniforms: readonly Uniform[];
  /** The size of `values`. */
  readonly values: Extent;
  /** The size of `bins`. */
  readonly bins: number;
  readonly relayed: readonly Relayed[];
  readonly results: readonly Result[];
}

/** Why there is none: what follows "no WGSL form, because". */
export interface NoForm {
  readonly because: string;
}

/** Storage buffers that every adapter lets a kernel have. */
export const MOST_STORAGE_BUFFERS = 8;
