/** Which packages `veriloss eval --backend` takes, and what it says of those that do not do what they should. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { MINI, terminal } from './terminal.js';

const BATCH = '{"group": [0, 0], "mask": [[1, 1], [1, 0]], "logp": [[-1, -2], [-3, 9]], "reward": [1, 0]}';
const { resolve } = createRequire(import.meta.url);

/** A project with a package of its own in place of tfjs-node-gpu. */
const project = (code: string): ReturnType<typeof terminal> =>
  terminal({
    'a.obj': MINI,
    'b.json': BATCH,
    'node_modules/@tensorflow/tfjs-node-gpu/package.json': '{"main": "index.js"}',
    'node_modules/@tensorflow/tfjs-node-gpu/index.js': code,
  });
const LINE = 'eval a.obj --batch b.json --backend node';

test('a package that cannot be loaded', async () => {
  const { veriloss } = project("throw new Error('the addon is missing\\nand more');");
  expect(await veriloss(LINE)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: backend `node` is installed, but cannot be loaded: the addon is missing\n',
  });
});

test('a backend that does not start', async () => {
  const { veriloss } = project('');
  expect((await veriloss(LINE)).stderr).toBe(
    'error: tfjs could not start its tensorflow backend on this machine\n',
  );
});

test("the project's own package is taken, and one for GPUs that computes on the CPU is told", async () => {
  const { veriloss } = project(`
    const tf = require(${JSON.stringify(resolve('@tensorflow/tfjs-core'))});
    const { MathBackendCPU } = require(${JSON.stringify(resolve('@tensorflow/tfjs-backend-cpu'))});
    tf.registerBackend('tensorflow', () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice: false }));
    tf.copyRegisteredKernels('cpu', 'tensorflow');
  `);
  const { code, stdout, stderr } = await veriloss(LINE);
  expect(stderr).toBe('note: tfjs-node-gpu found no GPU that it can use, and computes on the CPU\n');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ objective: 'mini', loss: 0.5, metrics: { accuracy: 0.5 } });
});
