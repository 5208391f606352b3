/** What is used of WebGPU and of tfjs's backend on it: types, what a device can do, and the errors that it does not throw. */
import type * as tf from '@tensorflow/tfjs-core';
import type { WebgpuWidth } from './webgpu-kernels.js';

/** A buffer, a shader, a pipeline: whatever is only passed on. */
type Opaque = object;

/** What is used of a device, whose types a project may not know. */
export interface WebgpuDevice {
  readonly limits: {
    readonly maxBufferSize: number;
    readonly maxStorageBufferBindingSize: number;
    readonly maxStorageBuffersPerShaderStage: number;
    readonly maxComputeInvocationsPerWorkgroup: number;
    readonly maxComputeWorkgroupSizeX: number;
    readonly maxComputeWorkgroupsPerDimension: number;
  };
  /** Newer engines only. */
  readonly adapterInfo?: WebgpuAdapterInfo;
  readonly lost: Promise<{ readonly message: string }>;
  readonly addEventListener: (
    kind: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ) => void;
  readonly createShaderModule: (of: { readonly code: string }) => Opaque;
  readonly createBindGroupLayout: (of: { readonly entries: readonly object[] }) => Opaque;
  readonly createPipelineLayout: (of: { readonly bindGroupLayouts: readonly Opaque[] }) => Opaque;
  readonly createComputePipeline: (of: object) => Opaque;
  readonly createBindGroup: (of: { readonly layout: Opaque; readonly entries: readonly object[] }) => Opaque;
}
interface WebgpuAdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}
export interface WebgpuBinding {
  readonly buffer: Opaque;
}
interface WebgpuPass {
  readonly setPipeline: (pipeline: Opaque) => void;
  readonly setBindGroup: (at: number, group: Opaque) => void;
  readonly dispatchWorkgroups: (x: number, y?: number) => void;
}
interface WebgpuEncoder {
  readonly beginComputePass: () => WebgpuPass;
  readonly copyBufferToBuffer: (
    from: Opaque,
    fromAt: number,
    to: Opaque,
    toAt: number,
    bytes: number,
  ) => void;
  readonly clearBuffer: (buffer: Opaque) => void;
}

/**
 * What is used of the backend, most of which is private to it; the version of tfjs is pinned, and what is missing is
 * reported. Commands are recorded one after the other, and submitted together; data that they use is given back after that.
 */
export interface WebgpuInsides {
  readonly device: WebgpuDevice;
  readonly adapterInfo: WebgpuAdapterInfo;
  readonly tensorMap: { readonly get: (id: object) => { readonly dtype: string } | undefined };
  /** Data that recorded commands use, which is not given to others before they are submitted. */
  readonly commandQueueOwnedIds: { readonly add: (id: object) => void };
  readonly makeTensorInfo: (
    shape: readonly number[],
    dtype: 'float32' | 'int32',
    values?: Float32Array,
  ) => tf.TensorInfo;
  readonly uploadToGPU: (id: object) => void;
  readonly tensorToBinding: (tensor: tf.TensorInfo) => WebgpuBinding;
  readonly makeUniforms: (
    numbers: readonly { readonly type: 'uint32' | 'float32'; readonly data: readonly number[] }[],
  ) => object;
  readonly disposeData: (id: object) => void;
  readonly ensureCommandEncoderReady: () => void;
  readonly endComputePassEncoder: () => void;
  readonly submitQueue: () => void;
  readonly commandEncoder: WebgpuEncoder | null;
  computePassEncoder: WebgpuPass | null;
  dispatchCountInPass: number;
}

const INSIDE_OBJECTS = ['device', 'adapterInfo', 'tensorMap', 'commandQueueOwnedIds'] as const;
const INSIDE_FUNCTIONS = [
  'makeTensorInfo',
  'uploadToGPU',
  'tensorToBinding',
  'makeUniforms',
  'disposeData',
  'ensureCommandEncoderReady',
  'endComputePassEncoder',
  'submitQueue',
] as const;

/** What of the insides a backend does not have, by name. */
export function missingInside(backend: object): string | undefined {
  const has = (name: string): unknown => (backend as Readonly<Record<string, unknown>>)[name];
  return (
    INSIDE_OBJECTS.find((name) => typeof has(name) !== 'object' || has(name) === null) ??
    INSIDE_FUNCTIONS.find((name) => typeof has(name) !== 'function') ??
    ['commandEncoder', 'computePassEncoder'].find((name) => typeof has(name) !== 'object') ??
    (typeof has('dispatchCountInPass') === 'number' ? undefined : 'dispatchCountInPass')
  );
}

/** Adapters that compute on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

function isSoftware({ device, adapterInfo }: WebgpuInsides): boolean {
  const info = device.adapterInfo ?? adapterInfo;
  const said = [info.vendor, info.architecture, info.description].join(' ');
  return info.isFallbackAdapter === true || SOFTWARE.test(said);
}

/** How kernels share out their work on an adapter. */
export interface WebgpuGrain {
  /** Lanes of a workgroup, a power of two: as many as a processor computes at once, or as hardware has at least. */
  readonly lanes: number;
  /** Positions that a lane takes at once, where that leaves no lane without any. */
  readonly width: WebgpuWidth;
  /** Workgroups that take rollouts in turn, at most: so many keep a device busy, and each costs what all of them do. */
  readonly few: number;
}

/** Of hardware nothing was measured: `docs/performance.md` has what software took. */
export function grainOn(insides: WebgpuInsides): WebgpuGrain {
  if (isSoftware(insides)) return { lanes: 4, width: 4, few: 16 };
  const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX } = insides.device.limits;
  const most = Math.min(256, maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX);
  return { lanes: 2 ** Math.floor(Math.log2(most)), width: 4, few: 512 };
}

/** How many positions a lane takes at once of rollouts of so many. */
export const widthFor = ({ lanes, width }: WebgpuGrain, positions: number): WebgpuWidth =>
  positions % width === 0 && positions >= lanes * width ? width : 1;

/** What a device has said since it was last asked. */
interface Reported {
  error: string | undefined;
  lost: string | undefined;
}
const reportedBy = new WeakMap<object, Reported>();

/** Listens to a device from now on: what is invalid throws nothing there, and leaves results as they were. */
export function listenTo(device: WebgpuDevice): Reported {
  const known = reportedBy.get(device);
  if (known !== undefined) return known;
  const reported: Reported = { error: undefined, lost: undefined };
  reportedBy.set(device, reported);
  device.addEventListener('uncapturederror', ({ error }) => {
    reported.error ??= error.message;
  });
  void device.lost.then(({ message }) => {
    reported.lost = message;
  });
  return reported;
}

/** Throws what a device has reported; an error once, and that it is lost for ever. */
export function throwReported(reported: Reported): void {
  if (reported.lost !== undefined)
    throw new Error(`the device of WebGPU is lost, and computes nothing any more: ${reported.lost}`);
  const { error } = reported;
  reported.error = undefined;
  if (error !== undefined)
    throw new Error(`WebGPU reported an error since the last step, whose results may be wrong: ${error}`);
}
