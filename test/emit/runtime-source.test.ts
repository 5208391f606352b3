/** Standalone modules carry the runtime as it is. */
import { expect, test } from 'vitest';
import { runtimeSourceFile } from './runtime-source.js';

test('the runtime that standalone modules carry is the current one', async () => {
  await expect(await runtimeSourceFile()).toMatchFileSnapshot(
    '../../src/emit/javascript/runtime-source.gen.ts',
  );
});
