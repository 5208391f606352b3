/** Runs printed kernels on a device of `webgpu`, and reads back what they leave. Not a test, and not the product's runtime. */
import type { Extent, Bound, Kernel, Kernels, Uniform } from '../../../src/emit/wgsl/kernel.js';
import { shaderText, type WebgpuWidth } from '../../../src/runtime/fused/webgpu-kernels.js';
import type { RowLayout } from '../../../src/runtime/plain/row-layout.js';

/** What kernels are run on: arrays row by row, tags as integers. */
export interface Given {
  readonly layout: RowLayout;
  readonly mask: Float32Array;
  readonly inputs: Readonly<Record<string, Float32Array | Int32Array>>;
  readonly params: Readonly<Record<string, number>>;
}

/** A device, where Dawn has an adapter. `options` choose one: `backend=null` only validates. */
export async function openDevice(options: readonly string[] = []): Promise<GPUDevice | undefined> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([...options]);
  const adapter = await gpu.requestAdapter();
  // Whoever drops the instance drops its devices.
  if (adapter !== null) instances.add(gpu);
  return adapter?.requestDevice();
}
const instances = new Set<GPU>();

/** What is done, and then an error of WebGPU, if there was one: none is thrown by itself. */
async function checked<Result>(device: GPUDevice, what: string, work: () => Result): Promise<Result> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const result = work();
  const errors = [await device.popErrorScope(), await device.popErrorScope()];
  for (const error of errors) if (error !== null) throw new Error(`${what}: ${error.message}`);
  return result;
}

const isWritten = ({ kind }: Bound): boolean => kind === 'values' || kind === 'bins' || kind === 'output';

interface Made {
  readonly kernel: Kernel;
  readonly layout: GPUBindGroupLayout;
  readonly pipeline: GPUComputePipeline;
}

/** How many lanes a workgroup has, and how many positions a lane takes at once where it can. */
export interface Grain {
  readonly lanes: number;
  readonly width: WebgpuWidth;
}
const NARROW: Grain = { lanes: 32, width: 1 };

/** Compiled once, by text and by what is bound: that takes longer than most runs. */
const compiled = new WeakMap<GPUDevice, Map<string, Promise<Omit<Made, 'kernel'>>>>();

/** A pipeline for each kernel, with a layout that says all that is bound. Throws what the device has against them. */
export async function pipelines(
  device: GPUDevice,
  { kernels }: Kernels,
  { lanes, width } = NARROW,
): Promise<readonly Made[]> {
  const known = compiled.get(device) ?? new Map<string, Promise<Omit<Made, 'kernel'>>>();
  compiled.set(device, known);
  return await Promise.all(
    kernels.map(async (kernel) => {
      const code = shaderText(kernel.parts, lanes, kernel.isWide ? width : 1);
      const key = JSON.stringify([code, kernel.bound]);
      const made = known.get(key) ?? compiledOn(device, code, kernel.bound);
      known.set(key, made);
      return { kernel, ...(await made) };
    }),
  );
}

const compiledOn = (device: GPUDevice, code: string, all: readonly Bound[]): Promise<Omit<Made, 'kernel'>> =>
  checked(device, code, () => {
    const layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: 4, buffer: { type: 'uniform' } },
        ...all.map((bound, at): GPUBindGroupLayoutEntry => ({
          binding: at + 1,
          visibility: 4,
          buffer: { type: isWritten(bound) ? 'storage' : 'read-only-storage' },
        })),
      ],
    });
    const pipeline = device.createComputePipeline({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
    });
    return { layout, pipeline };
  });

/** So few that some take more rollouts than others. */
const FEW = 5;

const sizeOf = ({ numbers, rollouts, groups, tokens }: Extent, layout: RowLayout): number =>
  numbers + rollouts * layout.rollouts + groups * layout.groups + tokens * layout.rollouts * layout.positions;

function uniformBytes(uniforms: readonly Uniform[], { layout, params }: Given): ArrayBuffer {
  const bytes = new ArrayBuffer(Math.ceil(uniforms.length / 4) * 16);
  const view = new DataView(bytes);
  uniforms.forEach((uniform, at) => {
    if (uniform.kind === 'param') view.setFloat32(4 * at, params[uniform.name] ?? NaN, true);
    else if (uniform.kind === 'infinity') view.setFloat32(4 * at, Infinity, true);
    else if (uniform.kind === 'nan') view.setFloat32(4 * at, NaN, true);
    else view.setUint32(4 * at, layout[uniform.kind], true);
  });
  return bytes;
}

/** What a buffer holds at first. What is written starts as garbage: nobody may rely on zeros. */
function contentOf(bound: Bound, given: Given, values: number, bins: number): Float32Array | Int32Array {
  const { layout } = given;
  const tokens = layout.rollouts * layout.positions;
  switch (bound.kind) {
    case 'groups':
      return Int32Array.from([...layout.groupOf, ...layout.members, ...layout.memberStart]);
    case 'lengths':
      return Float32Array.from(layout.lengths);
    case 'mask':
      return given.mask;
    case 'input':
      return given.inputs[bound.name] ?? new Float32Array(0);
    case 'values':
      return new Float32Array(values).fill(NaN);
    case 'bins':
      return new Int32Array(bins);
    case 'output':
      return new Float32Array(tokens).fill(NaN);
  }
}

export interface Outcome {
  /** The plan's outputs, each by its position. */
  readonly outputs: ReadonlyMap<number, readonly number[]>;
}

/** Runs the kernels one after the other and reads every result. A width that does not divide the positions is an error. */
export async function run(
  device: GPUDevice,
  all: Kernels,
  given: Given,
  grain: Grain = NARROW,
): Promise<Outcome> {
  if (given.layout.positions % grain.width !== 0)
    throw new Error(`${given.layout.positions} positions, ${grain.width} at once`);
  const made = await pipelines(device, all, grain);
  const { layout } = given;
  const size = sizeOf(all.values, layout);
  const buffers = new Map<string, GPUBuffer>();
  const bufferOf = (bound: Bound): GPUBuffer => {
    const key = JSON.stringify(bound);
    const known = buffers.get(key);
    if (known !== undefined) return known;
    const content = contentOf(bound, given, size, all.bins);
    // STORAGE, COPY_SRC, COPY_DST
    const buffer = device.createBuffer({ size: Math.max(4, content.byteLength), usage: 0x80 | 4 | 8 });
    device.queue.writeBuffer(
      buffer,
      0,
      content.buffer as ArrayBuffer,
      content.byteOffset,
      content.byteLength,
    );
    buffers.set(key, buffer);
    return buffer;
  };
  const uniform = device.createBuffer({ size: Math.ceil(all.uniforms.length / 4) * 16, usage: 0x40 | 8 });
  device.queue.writeBuffer(uniform, 0, uniformBytes(all.uniforms, given));
  await checked(device, 'dispatch', () => {
    const encoder = device.createCommandEncoder();
    const counts = { batch: 1, group: layout.groups, rollout: layout.rollouts };
    const values = bufferOf({ kind: 'values' });
    for (const { from, level, to } of all.relayed)
      encoder.copyBufferToBuffer(bufferOf(from), 0, values, 4 * sizeOf(to, layout), 4 * counts[level]);
    const pass = encoder.beginComputePass();
    for (const { kernel, layout: entries, pipeline } of made) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        device.createBindGroup({
          layout: entries,
          entries: [
            { binding: 0, resource: { buffer: uniform } },
            ...kernel.bound.map((bound, at) => ({ binding: at + 1, resource: { buffer: bufferOf(bound) } })),
          ],
        }),
      );
      const most = { one: 1, few: FEW, rollouts: 65_535 }[kernel.workgroups];
      const across = Math.min(layout.rollouts, most);
      const down = kernel.workgroups === 'rollouts' ? Math.ceil(layout.rollouts / across) : 1;
      pass.dispatchWorkgroups(across, down);
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
  });
  const outputs = new Map<number, readonly number[]>();
  const left = await readBack(device, bufferOf({ kind: 'values' }));
  for (const { at, level, from } of all.results) {
    const start = sizeOf(from, layout);
    const length = level === 'batch' ? 1 : level === 'group' ? layout.groups : layout.rollouts;
    outputs.set(at, [...left.slice(start, start + length)]);
  }
  for (const bound of made.flatMap(({ kernel }) => kernel.bound))
    if (bound.kind === 'output') outputs.set(bound.at, [...(await readBack(device, bufferOf(bound)))]);
  for (const buffer of [uniform, ...buffers.values()]) buffer.destroy();
  return { outputs };
}

async function readBack(device: GPUDevice, buffer: GPUBuffer): Promise<Float32Array> {
  // MAP_READ, COPY_DST
  const copy = device.createBuffer({ size: buffer.size, usage: 1 | 8 });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, copy, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(1);
  const content = new Float32Array(copy.getMappedRange().slice(0));
  copy.destroy();
  return content;
}
