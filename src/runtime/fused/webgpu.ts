/** Kernels of WebGPU between the operations of the webgpu backend: on its tensors, in its order. Nothing is read back. */
import * as tf from '@tensorflow/tfjs-core';
import type { FusedPath } from './path.js';
import type { FusedRun } from './run.js';
import {
  grainOn,
  listenTo,
  missingInside,
  throwReported,
  widthFor,
  type WebgpuInsides,
} from './webgpu-device.js';
import {
  shaderText,
  type WebgpuBuffer,
  type WebgpuFunction,
  type WebgpuKernel,
  type WebgpuModule,
  type WebgpuWidth,
} from './webgpu-kernels.js';
import { recorded, type WebgpuPipeline } from './webgpu-step.js';

export const webgpuPath: FusedPath = {
  start({ webgpu }) {
    const forms = Object.entries(webgpu.functions);
    const left = leftOut(webgpu);
    if (left !== undefined && forms.every(([name, one]) => typeof one === 'string' || name === METRICS))
      return left;
    const backend: object = tf.backend();
    const missing = missingInside(backend);
    if (missing !== undefined)
      return `this version of the webgpu backend is another one than the kernels know: it has no \`${missing}\``;
    const insides = backend as WebgpuInsides;
    const { maxStorageBuffersPerShaderStage: most } = insides.device.limits;
    if (most < MOST_BOUND)
      return `the device binds a kernel to ${String(most)} storage buffers, and ${String(MOST_BOUND)} are needed`;
    return runOn(insides, webgpu);
  },
  leaves: ({ webgpu }) => leftOut(webgpu),
};

/** What the metrics are called among the fused functions. */
const METRICS = 'fused_metrics';

/** Storage buffers of a kernel: so many every device binds, unless its owner asked for fewer. */
const MOST_BOUND = 8;

/** Which functions have no kernels, and why. */
function leftOut({ functions }: WebgpuModule): string | undefined {
  const left = Object.entries(functions).flatMap(([name, one]) =>
    typeof one === 'string' ? [`\`${name}\` has no kernels: ${one}`] : [],
  );
  return left.length === 0 ? undefined : left.join('; ');
}

/** By device and by text: the functions of a module, and modules, have some in common. */
const pipelinesOf = new WeakMap<object, Map<string, WebgpuPipeline>>();

/** Of each kernel of a function. */
type Pipelines = readonly WebgpuPipeline[];

function runOn(insides: WebgpuInsides, module: WebgpuModule): FusedRun {
  const { device } = insides;
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension } = device.limits;
  const grain = grainOn(insides);
  const limits = {
    bytes: Math.min(maxStorageBufferBindingSize, maxBufferSize),
    across: maxComputeWorkgroupsPerDimension,
    few: grain.few,
  };
  const reported = listenTo(device);
  const known = pipelinesOf.get(device) ?? new Map<string, WebgpuPipeline>();
  pipelinesOf.set(device, known);
  const pipelineOf = ({ parts, bound, isWide }: WebgpuKernel, width: WebgpuWidth): WebgpuPipeline => {
    const texts = parts.map((at) => module.parts[at] ?? '');
    const code = shaderText(texts, grain.lanes, isWide ? width : 1);
    const made = known.get(code) ?? pipelineOn(insides, code, bound);
    known.set(code, made);
    return made;
  };
  const compiled = { 1: new Map<WebgpuFunction, Pipelines>(), 4: new Map<WebgpuFunction, Pipelines>() };
  return (call) => {
    throwReported(reported);
    const form = module.functions[call.name];
    if (form === undefined) throw new Error(`internal: no kernels for ${call.name}`);
    if (typeof form === 'string') return undefined;
    const width = widthFor(grain, call.layout.positions);
    const pipelines = compiled[width].get(form) ?? form.kernels.map((one) => pipelineOf(one, width));
    compiled[width].set(form, pipelines);
    return tf.tidy(() => recorded({ insides, form, call, pipelines, limits }) as tf.TensorContainer);
  };
}

/** `GPUShaderStage.COMPUTE` */
const COMPUTE = 4;

/** A kernel on the device, with a layout that says all that it is bound to. */
function pipelineOn({ device }: WebgpuInsides, code: string, bound: readonly WebgpuBuffer[]): WebgpuPipeline {
  const types = bound.map(({ kind }) =>
    kind === 'values' || kind === 'bins' || kind === 'output' ? 'storage' : 'read-only-storage',
  );
  const layout = device.createBindGroupLayout({
    entries: ['uniform', ...types].map((type, binding) => ({
      binding,
      visibility: COMPUTE,
      buffer: { type },
    })),
  });
  const pipeline = device.createComputePipeline({
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
  });
  return { pipeline, layout };
}
