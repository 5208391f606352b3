/** One call of a fused function on the webgpu backend: commands after those that the backend has recorded so far. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from '../batch-error.js';
import { paramsOf, shapeOf, tensorOf, type FusedCall } from './run.js';
import type { WebgpuBinding, WebgpuInsides } from './webgpu-device.js';
import { countOf, type WebgpuBuffer, type WebgpuFunction, type WebgpuResult } from './webgpu-kernels.js';

export interface WebgpuPipeline {
  readonly pipeline: object;
  readonly layout: object;
}
interface WebgpuStep {
  readonly insides: WebgpuInsides;
  readonly form: WebgpuFunction;
  readonly call: FusedCall;
  /** Of each kernel. */
  readonly pipelines: readonly WebgpuPipeline[];
  readonly limits: {
    /** That a kernel can be bound to in one buffer. */
    readonly bytes: number;
    /** Workgroups along one dimension. */
    readonly across: number;
    /** Workgroups that take the rollouts in turn. */
    readonly few: number;
  };
}

/**
 * Records the kernels of a function, and answers its results. It has to be called within `tf.tidy`, and throws a
 * `BatchError` for what is wrong with the batch before anything is recorded.
 */
export function recorded(step: WebgpuStep): unknown {
  const { insides, form, call } = step;
  const params = paramsOf(call);
  demandBytes(step);
  const given = givenTo(step);
  const shapes = form.outputs.map(({ name, level }) => (level === 'batch' ? [] : shapeOf(call, name)));
  const spare: tf.TensorInfo[] = [];
  const spareOf = (size: number): tf.TensorInfo => {
    const info = roomFor(insides, [Math.max(1, size)]);
    spare.push(info);
    return info;
  };
  const values = spareOf(countOf(form.values, call.layout));
  const bins = form.bins === 0 ? undefined : spareOf(form.bins);
  // No buffer is empty.
  const results = shapes.map((shape) =>
    tf.util.sizeFromShape(shape) === 0 ? undefined : roomFor(insides, shape),
  );
  const boundTo = (buffer: WebgpuBuffer): WebgpuBinding => {
    if (buffer.kind === 'values') return insides.tensorToBinding(values);
    if (buffer.kind === 'bins' && bins !== undefined) return insides.tensorToBinding(bins);
    const info = buffer.kind === 'output' ? results[buffer.at] : given.get(keyOf(buffer));
    return insides.tensorToBinding(info ?? spareOf(1));
  };
  recordStart(step, values, bins, boundTo);
  recordKernels(step, uniformsFor(step, params), boundTo);
  recordCopies(step, values, results);
  for (const { dataId } of spare) insides.disposeData(dataId);
  if (insides.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    insides.endComputePassEncoder();
    insides.submitQueue();
  }
  const tensors = results.map((info, at) =>
    info === undefined ? tf.tensor([], shapes[at], 'float32') : tf.engine().makeTensorFromTensorInfo(info),
  );
  const shaped = (result: WebgpuResult): unknown =>
    typeof result === 'number'
      ? tensors[result]
      : Object.fromEntries(Object.entries(result).map(([name, one]) => [name, shaped(one)]));
  return shaped(form.result);
}

/** A buffer of the backend for the tensor that it becomes, or for what kernels tell each other. */
function roomFor(insides: WebgpuInsides, shape: readonly number[]): tf.TensorInfo {
  const info = insides.makeTensorInfo(shape, 'float32');
  insides.uploadToGPU(info.dataId);
  insides.commandQueueOwnedIds.add(info.dataId);
  return info;
}

const keyOf = (buffer: WebgpuBuffer): string =>
  buffer.kind === 'input' ? `input ${buffer.name}` : buffer.kind;

/** All buffers that kernels are bound to, or that are copied for them. */
const readBy = ({ kernels, relayed }: WebgpuFunction): readonly WebgpuBuffer[] => [
  ...kernels.flatMap(({ bound }) => bound),
  ...relayed.map(({ from }) => from),
];

/** Throws where a buffer is larger than the device binds, which would leave results as they were without a word. */
function demandBytes({ form, call, limits }: WebgpuStep): void {
  const { layout } = call;
  const demand = (path: string, what: string, size: number): void => {
    if (4 * size > limits.bytes)
      throw new BatchError(
        path,
        `${what} ${String(4 * size)} bytes, and the device binds no more than ${String(limits.bytes)}: expected a smaller batch`,
      );
  };
  const bound = readBy(form);
  const names = new Set([
    ...bound.flatMap((one) => (one.kind === 'input' ? [one.name] : [])),
    ...form.outputs.flatMap(({ name, level }) => (level === 'batch' ? [] : [name])),
  ]);
  for (const spec of call.inputs)
    if (names.has(spec.name)) demand(spec.name, `\`${spec.name}\` has`, tensorOf(call, spec).size);
  if (bound.some(({ kind }) => kind === 'mask'))
    demand('mask', '`mask` has', layout.rollouts * layout.positions);
  demand('', 'what kernels keep for each other has', countOf(form.values, layout));
}

/** All that kernels read, on the device: an empty tensor is none. */
function givenTo({ insides, form, call }: WebgpuStep): ReadonlyMap<string, tf.TensorInfo> {
  const { layout, inputs } = call;
  const given = new Map<string, tf.TensorInfo>();
  for (const buffer of readBy(form)) {
    const isOwn = buffer.kind === 'values' || buffer.kind === 'bins' || buffer.kind === 'output';
    if (isOwn || given.has(keyOf(buffer))) continue;
    const tensor = tensorFor(buffer);
    if (tensor.size > 0) given.set(keyOf(buffer), tensor);
  }
  for (const { dataId } of given.values()) {
    insides.uploadToGPU(dataId);
    insides.commandQueueOwnedIds.add(dataId);
  }
  return given;

  function tensorFor(buffer: Exclude<WebgpuBuffer, { readonly kind: 'output' }>): tf.Tensor {
    if (buffer.kind === 'groups') return layout.groupTable;
    if (buffer.kind === 'lengths') return layout.lengths;
    if (buffer.kind !== 'input') return asReals(layout.weights);
    const spec = inputs.find(({ name }) => name === buffer.name);
    if (spec === undefined) throw new Error(`internal: a kernel reads ${buffer.name}, which is no input`);
    return asReals(tensorOf(call, spec));
  }
  /** The backend leaves whole numbers as they are where they are cast to real ones. */
  function asReals(tensor: tf.Tensor): tf.Tensor {
    const isCast = tensor.dtype === 'float32' && insides.tensorMap.get(tensor.dataId)?.dtype !== 'float32';
    return isCast ? tf.mul(tensor, 1) : tensor;
  }
}

/** The numbers of the uniform buffer. */
function uniformsFor({ insides, form, call }: WebgpuStep, params: ReadonlyMap<string, number>): object {
  const { rollouts, groups, positions } = call.layout;
  const sizes = { rollouts, groups, positions };
  const special = { infinity: Infinity, nan: NaN };
  return insides.makeUniforms(
    form.uniforms.map((uniform) => {
      if (uniform.kind === 'param')
        return { type: 'float32', data: [params.get(uniform.name) ?? NaN] } as const;
      if (uniform.kind === 'infinity' || uniform.kind === 'nan')
        return { type: 'float32', data: [special[uniform.kind]] } as const;
      return { type: 'uint32', data: [sizes[uniform.kind]] } as const;
    }),
  );
}

/** What kernels find in their own buffers: those of the pool hold what they were used for. */
function recordStart(
  { insides, form, call }: WebgpuStep,
  values: tf.TensorInfo,
  bins: tf.TensorInfo | undefined,
  boundTo: (buffer: WebgpuBuffer) => WebgpuBinding,
): void {
  if (bins === undefined && form.relayed.length === 0) return;
  const sources = form.relayed.map(({ from }) => boundTo(from).buffer);
  insides.ensureCommandEncoderReady();
  insides.endComputePassEncoder();
  const { commandEncoder: encoder } = insides;
  if (bins !== undefined) encoder?.clearBuffer(insides.tensorToBinding(bins).buffer);
  const { layout } = call;
  const sizes = { batch: 1, group: layout.groups, rollout: layout.rollouts, token: 0 };
  const target = insides.tensorToBinding(values).buffer;
  form.relayed.forEach(({ level, to }, at) => {
    const source = sources[at];
    if (source !== undefined)
      encoder?.copyBufferToBuffer(source, 0, target, 4 * countOf(to, layout), 4 * sizes[level]);
  });
}

function recordKernels(
  { insides, form, call, pipelines, limits }: WebgpuStep,
  uniforms: object,
  boundTo: (buffer: WebgpuBuffer) => object,
): void {
  const { rollouts } = call.layout;
  insides.ensureCommandEncoderReady();
  form.kernels.forEach(({ bound, workgroups }, at) => {
    const resources = [uniforms, ...bound.map(boundTo)];
    const own = pipelines[at];
    const pass = (insides.computePassEncoder ??= insides.commandEncoder?.beginComputePass() ?? null);
    if (pass === null || own === undefined) throw new Error('internal: a kernel that cannot be recorded');
    pass.setPipeline(own.pipeline);
    pass.setBindGroup(
      0,
      insides.device.createBindGroup({
        layout: own.layout,
        entries: resources.map((resource, binding) => ({ binding, resource })),
      }),
    );
    const most = { one: 1, few: limits.few, rollouts: limits.across }[workgroups];
    const width = Math.min(rollouts, most);
    pass.dispatchWorkgroups(width, workgroups === 'rollouts' ? Math.ceil(rollouts / width) : 1);
    insides.dispatchCountInPass += 1;
  });
}

/** Results that are no token's get buffers of their own: a tensor has no offset in one. */
function recordCopies(
  { insides, form, call }: WebgpuStep,
  values: tf.TensorInfo,
  results: readonly (tf.TensorInfo | undefined)[],
): void {
  const placed = form.outputs.flatMap(({ from }, at) => {
    const result = results[at];
    return from === undefined || result === undefined ? [] : [{ from, result }];
  });
  if (placed.length === 0) return;
  insides.ensureCommandEncoderReady();
  insides.endComputePassEncoder();
  const source = insides.tensorToBinding(values).buffer;
  for (const { from, result } of placed)
    insides.commandEncoder?.copyBufferToBuffer(
      source,
      4 * countOf(from, call.layout),
      insides.tensorToBinding(result).buffer,
      0,
      4 * tf.util.sizeFromShape([...result.shape]),
    );
}
