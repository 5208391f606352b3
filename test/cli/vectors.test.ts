/** `veriloss vectors`: what is written where, and what is said of what is not. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MINI, PAIR, terminal, transcript, WRONG } from './terminal.js';

test('transcript', async () => {
  const lines = [
    'vectors a.obj -o out',
    'vectors a.obj -o out --set tau=-1',
    'vectors a.obj --seed many',
    'vectors pair.obj',
    'vectors wrong.obj -o out',
    'vectors a.obj -o a.obj',
    'vectors none.obj',
  ];
  const said = await transcript({ 'a.obj': MINI, 'pair.obj': PAIR, 'wrong.obj': WRONG }, lines);
  await expect(said).toMatchFileSnapshot('transcripts/vectors.txt');
});

test('a folder holds what its manifest lists, and a page about it', async () => {
  const { veriloss, folder, read } = terminal({ 'a.obj': MINI });
  await veriloss('vectors a.obj -o out/deep');
  const manifest = JSON.parse(read('out/deep/manifest.json')) as {
    readonly vectors: readonly { readonly name: string; readonly file: string }[];
  };
  const listed = manifest.vectors.map(({ file }) => file);
  expect(readdirSync(join(folder, 'out/deep')).sort()).toEqual(
    [...listed, 'README.md', 'manifest.json'].sort(),
  );
  const typical = JSON.parse(read('out/deep/typical-1.json')) as Record<string, unknown>;
  expect(Object.keys(typical)).toEqual([
    'name',
    'family',
    'description',
    'objective',
    'fingerprint',
    'params',
    'batch',
    'loss',
    'grad',
    'metrics',
    'tolerance',
  ]);
  await expect(read('out/deep/README.md').replace(/sha256:\w+/g, 'sha256:…')).toMatchFileSnapshot(
    'transcripts/vectors-readme.txt',
  );
});

test('each vector is what `eval` gives on its batch', async () => {
  const { veriloss, read, write } = terminal({ 'a.obj': MINI });
  await veriloss('vectors a.obj -o out');
  for (const name of ['typical-1', 'masked-nan', 'empty-rollouts', 'parameter-tau-1']) {
    const { batch, params, loss, grad, metrics } = JSON.parse(read(`out/${name}.json`)) as Record<
      string,
      object
    >;
    write('b.json', JSON.stringify(batch));
    const { stdout } = await veriloss(
      `eval a.obj --batch b.json --set tau=${String((params as { tau: number }).tau)}`,
    );
    expect(JSON.parse(stdout)).toEqual({ objective: 'mini', loss, grad, metrics });
  }
});

test('standard output gets one document, twice the same', async () => {
  const { veriloss } = terminal({ 'a.obj': MINI, 'pair.obj': PAIR });
  const first = await veriloss('vectors a.obj');
  expect(await veriloss('vectors - --seed 1', { stdin: MINI })).toEqual(first);
  expect(JSON.parse(first.stdout)).toMatchObject({
    format: 'veriloss-vectors/1',
    objective: 'mini',
    seed: 1,
  });
  const second = await veriloss('vectors pair.obj --objective second');
  expect(JSON.parse(second.stdout)).toMatchObject({ objective: 'second' });
});
