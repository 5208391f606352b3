/** A loss that brings its own gradient, as tfjs differentiates through it. */
import * as tf from '@tensorflow/tfjs-core';

/** What one forward pass computes. */
export interface Differentiated<Metrics> {
  readonly loss: tf.Scalar;
  /** One for each model tensor, in order, of its shape. */
  readonly gradients: readonly tf.Tensor[];
  /** Tensors by name, where they are reported. */
  readonly metrics: Metrics | undefined;
}

/**
 * The loss, []: `compute` finishes the gradient in the forward pass, and the backward pass multiplies it by what comes in.
 * `models` are the tensors with respect to which the loss is differentiated; tfjs does not see what is captured.
 * `report` is called once, after the pass, with metrics in the scope of the caller.
 */
export function differentiated<Metrics extends object>(
  models: readonly tf.Tensor[],
  compute: (models: readonly tf.Tensor[]) => Differentiated<Metrics>,
  report: ((metrics: Metrics) => void) | undefined,
): tf.Scalar {
  let held: Metrics | undefined;
  const value = tf.customGrad<tf.Scalar>((...args) => {
    const save = args[models.length] as tf.GradSaveFunc;
    const { loss, gradients, metrics } = compute(args.slice(0, models.length) as tf.Tensor[]);
    save([...gradients]);
    tf.dispose([...gradients]);
    // tfjs frees what the forward pass makes and does not return.
    for (const one of Object.values(metrics ?? {})) tf.keep(one as tf.Tensor);
    held = metrics;
    const gradFunc = (upstream: tf.Scalar, saved: tf.Tensor[]): tf.Tensor[] =>
      saved.map((one) => tf.mul(one, upstream));
    return { value: loss, gradFunc };
  })(...models);
  if (held !== undefined && report !== undefined) told(value, inScope(held), report);
  return value;
}

/** Tells metrics; where that fails, nobody gets the loss. */
function told<Metrics extends object>(
  loss: tf.Scalar,
  metrics: Metrics,
  report: (metrics: Metrics) => void,
): void {
  try {
    report(metrics);
  } catch (failure) {
    loss.dispose();
    throw failure;
  }
}

/** The same tensors, which belong to the scope that is active now. */
function inScope<Metrics extends object>(kept: Metrics): Metrics {
  const copies = Object.entries(kept).map(([name, one]) => [name, tf.clone(one as tf.Tensor)] as const);
  tf.dispose(Object.values(kept) as tf.Tensor[]);
  return Object.fromEntries(copies) as Metrics;
}

/** The loss of a step that nobody differentiates, and whose metrics are reported. */
export function reported<Metrics extends object>(
  {
    loss,
    gradients,
    metrics,
  }: { readonly loss: tf.Scalar; readonly gradients: object; readonly metrics: Metrics },
  report: (metrics: Metrics) => void,
): tf.Scalar {
  tf.dispose(gradients as tf.NamedTensorMap);
  told(loss, metrics, report);
  return loss;
}
