/** The part of tfjs-core that evaluation and measurements use. Nothing of tfjs is imported here: the user's own instance is found. */

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: () => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

/** What of WebGPU is used: errors, and copies from one buffer to another. */
export interface Device {
  readonly limits: { readonly maxBufferSize: number };
  readonly queue: {
    readonly onSubmittedWorkDone: () => Promise<void>;
    readonly submit: (commands: readonly object[]) => void;
  };
  readonly createBuffer: (of: { readonly size: number; readonly usage: number }) => DeviceBuffer;
  readonly createCommandEncoder: () => {
    readonly copyBufferToBuffer: (
      from: DeviceBuffer,
      fromOffset: number,
      to: DeviceBuffer,
      toOffset: number,
      size: number,
    ) => void;
    readonly finish: () => object;
  };
  readonly addEventListener: (
    kind: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ) => void;
}

export interface DeviceBuffer {
  readonly destroy: () => void;
}

/** A kernel that ran while tfjs took notes. */
export interface ProfiledKernel {
  readonly name: string;
}

export interface TensorFlow {
  readonly version_core: string;
  readonly tensor: (values: Float32Array | Int32Array, shape: number[], dtype: 'float32' | 'int32') => Tensor;
  readonly clone: (x: Tensor) => Tensor;
  readonly neg: (x: Tensor) => Tensor;
  readonly slice: (x: Tensor, begin: number[], size: number[]) => Tensor;
  readonly profile: (work: () => Tensor[]) => Promise<{ readonly kernels: readonly ProfiledKernel[] }>;
  readonly setBackend: (name: string) => Promise<boolean>;
  readonly ready: () => Promise<void>;
  readonly getBackend: () => string;
  readonly enableProdMode: () => void;
  readonly backend: () => { readonly isUsingGpuDevice?: boolean; readonly device?: Device };
}
