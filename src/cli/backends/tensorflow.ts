/** The part of tfjs-core that evaluation uses. Nothing of tfjs is imported here: the user's own instance is found. */

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: () => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

/** A device of WebGPU, as far as its errors are concerned. */
export interface Device {
  readonly queue: { readonly onSubmittedWorkDone: () => Promise<void> };
  readonly addEventListener: (
    kind: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ) => void;
}

export interface TensorFlow {
  readonly tensor: (values: Float32Array | Int32Array, shape: number[], dtype: 'float32' | 'int32') => Tensor;
  readonly setBackend: (name: string) => Promise<boolean>;
  readonly ready: () => Promise<void>;
  readonly getBackend: () => string;
  readonly enableProdMode: () => void;
  readonly backend: () => { readonly isUsingGpuDevice?: boolean; readonly device?: Device };
}
