/** The tests that run on TensorFlow itself: `npm run test:native`, which builds it first. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/native/**/*.test.ts', 'test/emit/differential.test.ts', 'test/emit/along.test.ts'],
    env: { VERILOSS_BACKENDS: 'node-gpu', TF_CPP_MIN_LOG_LEVEL: '1' },
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'build/results/native.json' }]]
      : ['default'],
  },
});
