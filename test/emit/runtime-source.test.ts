/** Standalone modules carry the runtime as it is. */
import { expect, test } from 'vitest';
import { RUNTIME } from '../../src/emit/javascript/runtime-source.gen.js';
import { runtimeSourceFile } from './runtime-source.js';

test('the runtime that standalone modules carry is the current one', async () => {
  await expect(await runtimeSourceFile()).toMatchFileSnapshot(
    '../../src/emit/javascript/runtime-source.gen.ts',
  );
});

test('no two declarations of the runtime have one name: modules that stand alone have them side by side', () => {
  const names = RUNTIME.flatMap((one) => one.names);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
