/** The suite that runs everywhere: `npm test`. What needs TensorFlow itself is in `vitest.native.config.ts`. */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { swiftshaderEnvironment } from './scripts/fetch-swiftshader.mjs';

// A test's process must be *started* with these, and inherits them from this one.
try {
  Object.assign(process.env, await swiftshaderEnvironment());
} catch (failure) {
  console.error(`No SwiftShader, so WebGPU has only what this machine offers: ${String(failure)}`);
}

/** What takes longest: it begins first, so that no worker is left with it alone. */
const LONGEST = [
  'test/verify/catalogue',
  'test/emit/differential',
  'test/robust/large',
  'test/format/invariants',
];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.includes(name));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Tests of functions alone, which leave nothing behind: their files share processes, and what those have loaded. */
const PURE =
  'atoms audit batch check conform corpus differential format lint lower objectives plan plot prettier property recheck report robust snapshots syntax vectors verify';
const inFolders = PURE.split(' ').map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'build/results/suite.json' }]]
      : ['default'],
    projects: [
      { extends: true, test: { name: 'pure', include: inFolders, isolate: false } },
      {
        extends: true,
        test: { name: 'other', include: ['test/**/*.test.ts'], exclude: ['test/native/**', ...inFolders] },
      },
    ],
  },
});
