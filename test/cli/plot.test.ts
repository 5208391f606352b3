/** `veriloss plot`: pictures in the terminal and as files, and what cannot be drawn. */
import { describe, expect, test } from 'vitest';
import { MINI, terminal, transcript } from './terminal.js';

const CLIPPED = `objective clipped {
  param eps in (0, 1) = 0.2
  model logp : token
  data old_logp : token
  data advantage : token
  let s = logp - old_logp
  let cost = -min(exp(s) * advantage, clip(exp(s), 1 - eps, 1 + eps) * advantage)
  minimize mean[token in batch](cost)
  let w = grad(cost, s)
  let half = grad(cost / 2, s)
  verify for advantage > 0 : abs(w) <= (1 + eps) * advantage
}
`;

test('transcript', async () => {
  const files = { 'a.obj': CLIPPED, 'b.obj': MINI };
  const lines = [
    'plot a.obj --columns 60',
    'plot a.obj --columns 30 --weight half --from -1 --to 1 --set eps=0.5',
    'plot a.obj --weight v',
    'plot b.obj',
    'plot a.obj --set tau=1',
    'plot a.obj --set eps=2',
    'plot a.obj --from 1 --to 0',
    'plot a.obj --each 0',
    'plot a.obj --from x',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/plot.txt');
});

describe('files', () => {
  test.each([
    ['-o p.svg', 'p.svg', '<svg'],
    ['-o p.html', 'p.html', '<!doctype html>'],
    ['-o p.json', 'p.json', '{'],
    ['-o p.txt', 'p.txt', ' '],
    ['--format svg -o p.html', 'p.html', '<svg'],
  ])('%s', async (options, name, start) => {
    const { veriloss, read } = terminal({ 'a.obj': CLIPPED });
    expect(await veriloss(`plot a.obj ${options}`)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(read(name).startsWith(start)).toBe(true);
  });
  test('the same picture is the same bytes', async () => {
    const { veriloss } = terminal({ 'a.obj': CLIPPED });
    const [once, again] = [
      await veriloss('plot a.obj --format svg'),
      await veriloss('plot a.obj --format svg'),
    ];
    expect(once.stdout).toContain('</svg>');
    expect(again.stdout).toBe(once.stdout);
  });
});
