/** The suite that runs everywhere: `npm test`. What needs TensorFlow itself is in `vitest.native.config.ts`. */
import { defineConfig } from 'vitest/config';
import { swiftshaderEnvironment } from './scripts/fetch-swiftshader.mjs';

// A test's process must be *started* with these, and inherits them from this one.
try {
  Object.assign(process.env, await swiftshaderEnvironment());
} catch (failure) {
  console.error(`No SwiftShader, so WebGPU has only what this machine offers: ${String(failure)}`);
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/native/**'],
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'build/results/suite.json' }]]
      : ['default'],
  },
});
