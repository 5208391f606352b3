/** How much work a step gives: kernels of tfjs, and what a GPU is told to run. */
import type { Tensor, TensorFlow } from '../backends/tensorflow.js';
import type { Results, Step } from './steps.js';

export interface Counts {
  readonly kernels: number;
  readonly dispatches?: number;
}

/** What tfjs counts and computes nothing: its own bookkeeping, and other views of the same values. */
const NO_WORK = ['forward', 'Identity', 'Reshape'];

/** Runs a step once, and counts. */
export async function countedIn(
  tf: TensorFlow,
  step: Step,
): Promise<{ readonly counts: Counts; readonly results: Results }> {
  const counter = tf.backend().device === undefined ? undefined : countDispatches();
  let made: Results | undefined;
  const { kernels } = await tf.profile((): Tensor[] => {
    made = step.start();
    return [...made.losses, ...Object.values(made.gradients)];
  });
  const dispatches = counter?.();
  if (made === undefined) throw new Error('internal: tfjs profiled nothing');
  const computing = kernels.filter(({ name }) => !NO_WORK.includes(name)).length;
  return {
    counts: { kernels: computing, ...(dispatches === undefined ? {} : { dispatches }) },
    results: made,
  };
}

interface PassEncoder {
  dispatchWorkgroups: (...workgroups: number[]) => void;
}

/** Counts dispatches until the function that it answers is called, which says how many there were. */
function countDispatches(): (() => number) | undefined {
  const host = globalThis as { readonly GPUComputePassEncoder?: { readonly prototype: PassEncoder } };
  const encoder = host.GPUComputePassEncoder?.prototype;
  if (encoder === undefined) return undefined;
  let count = 0;
  const own = encoder.dispatchWorkgroups;
  encoder.dispatchWorkgroups = function (this: PassEncoder, ...workgroups) {
    count += 1;
    own.apply(this, workgroups);
  };
  return () => {
    encoder.dispatchWorkgroups = own;
    return count;
  };
}
