/** Starts tfjs on its WebAssembly backend: on two cores and this model size it is by far the fastest that needs no GPU. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

export async function startBackend(): Promise<void> {
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not start its wasm backend');
  await tf.ready();
  tf.enableProdMode();
}
