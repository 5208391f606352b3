/** A plain copy in the memory where a backend keeps its tensors: what the time of an objective is held against. */
import type { BackendName } from '../backends/start.js';
import type { Device, TensorFlow } from '../backends/tensorflow.js';

export interface Copy {
  /** Copies once, and waits for it. */
  readonly run: () => Promise<void>;
  readonly dispose: () => void;
}

/** A copy that reads half of so many bytes, and writes the other half; nothing where the memory has no room for it. */
export function copyOn(tf: TensorFlow, backend: BackendName, bytes: number): Copy | undefined {
  const numbers = Math.ceil(bytes / 8);
  return numbers === 0 ? undefined : COPIES[backend](tf, numbers);
}

type MakeCopy = (tf: TensorFlow, numbers: number) => Copy | undefined;

const COPIES: Readonly<Record<BackendName, MakeCopy>> = {
  // Tensors are arrays of JavaScript.
  cpu: (_tf, numbers) => {
    const [from, to] = [new Float32Array(numbers).fill(1), new Float32Array(numbers)];
    return {
      run: () => {
        to.set(from);
        return Promise.resolve();
      },
      dispose: () => undefined,
    };
  },
  // A clone on this backend is a copy in its heap.
  wasm: (tf, numbers) => {
    const from = tf.tensor(new Float32Array(numbers).fill(1), [numbers], 'float32');
    return {
      run: () => {
        tf.clone(from).dispose();
        return Promise.resolve();
      },
      dispose: from.dispose.bind(from),
    };
  },
  webgpu: (tf, numbers) => {
    const { device } = tf.backend();
    return device === undefined ? undefined : copyBetweenBuffers(device, 4 * numbers);
  },
  // TensorFlow passes a clone on as it is; this reads each number once and writes one. The one that is read waits for a GPU.
  node: (tf, numbers) => {
    const from = tf.tensor(new Float32Array(numbers).fill(1), [numbers], 'float32');
    return {
      run: async () => {
        const to = tf.neg(from);
        const first = tf.slice(to, [0], [1]);
        await first.data();
        first.dispose();
        to.dispose();
      },
      dispose: from.dispose.bind(from),
    };
  },
};

/** COPY_SRC and COPY_DST of WebGPU. */
const USAGE = 0x4 | 0x8;

function copyBetweenBuffers(device: Device, size: number): Copy | undefined {
  if (size > device.limits.maxBufferSize) return undefined;
  const [from, to] = [
    device.createBuffer({ size, usage: USAGE }),
    device.createBuffer({ size, usage: USAGE }),
  ];
  return {
    run: async () => {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(from, 0, to, 0, size);
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
    },
    dispose: () => {
      from.destroy();
      to.destroy();
    },
  };
}
