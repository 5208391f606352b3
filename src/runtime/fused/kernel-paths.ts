/**
 * Every way to run kernels, with the backend of tfjs whose tensors it reads and makes. Of several for one backend the first
 * that starts is taken.
 */
const KERNEL_PATHS = {
  loops: 'cpu',
  wasm: 'wasm',
  webgpu: 'webgpu',
  xla: 'tensorflow',
  graph: 'tensorflow',
} as const;

export type KernelPath = keyof typeof KERNEL_PATHS;

/** The ways of a backend, or of all. */
export const kernelPathsOf = (backend?: string): readonly KernelPath[] =>
  (Object.keys(KERNEL_PATHS) as KernelPath[]).filter(
    (name) => backend === undefined || KERNEL_PATHS[name] === backend,
  );
