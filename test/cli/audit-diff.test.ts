/** `veriloss audit` and `veriloss diff`: formats, exit codes, revisions, and what cannot be done. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { terminal, WRONG } from './terminal.js';

const objective = (cost: string): string => `objective small {
  model logp : token
  data old_logp : token
  data advantage : token in [-1, 1]
  let s = logp - old_logp
  let cost = ${cost}
  minimize mean[token in batch](cost)
  let w = grad(cost, s)
}
`;
const RATIO = objective('-advantage * exp(s)');
const CAPPED = objective('-advantage * min(exp(s), 3)');

describe('audit', () => {
  test.each([
    ['text', 'gradient domination in negatives'],
    ['markdown', '| gradient domination in negatives |'],
    ['latex', '\\begin{tabular}'],
    ['html', '<!doctype html>'],
    ['json', '"question": "domination"'],
  ])('as %s', async (format, part) => {
    const { veriloss } = terminal({ 'a.obj': RATIO });
    const { code, stdout } = await veriloss(`audit a.obj --budget 100000 --format ${format}`);
    expect(code).toBe(0);
    expect(stdout).toContain(part);
  });
  test('a page of HTML has the picture', async () => {
    const { veriloss, read } = terminal({ 'a.obj': RATIO });
    const done = await veriloss('audit a.obj --budget 100000 --format html -o a.html');
    expect(done).toMatchObject({ code: 0, stdout: '' });
    expect(read('a.html')).toContain('<svg');
  });
  test.each([
    ['audit a.obj --objective none', 2, 'no objective `none` in these files'],
    ['audit a.obj --budget 0', 2, '--budget is `0`, expected a whole number of steps'],
    ['audit w.obj', 1, 'error['],
    ['audit none.obj', 2, 'there is no none.obj'],
  ])('%s', async (line, code, message) => {
    const { veriloss } = terminal({ 'a.obj': RATIO, 'w.obj': WRONG });
    const result = await veriloss(line);
    expect(result.code).toBe(code);
    expect(result.stdout + result.stderr).toContain(message);
  });
});

describe('diff', () => {
  test('the same meaning', async () => {
    const { veriloss } = terminal({ 'a.obj': RATIO, 'b.obj': RATIO.replace('small', 'other') });
    const { code, stdout } = await veriloss('diff a.obj b.obj --budget 200000');
    expect(stdout).toContain('the same meaning');
    expect(code).toBe(0);
  });
  test('another meaning', async () => {
    const { veriloss } = terminal({ 'a.obj': CAPPED, 'b.obj': RATIO });
    const { code, stdout } = await veriloss('diff a.obj b.obj --budget 200000 --format json');
    const [found] = (JSON.parse(stdout) as { differences: { values: { status: string }[] }[] }).differences;
    expect(found?.values.map(({ status }) => status)).toEqual(['different', 'different']);
    expect(code).toBe(1);
  });
  test('against a revision', async () => {
    const { veriloss, folder, write } = terminal({ 'a.obj': CAPPED, 'same.obj': CAPPED });
    const git = (...words: readonly string[]): void => {
      execFileSync('git', [...words], { cwd: folder, stdio: 'ignore' });
    };
    git('init');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-m', 'first');
    write('a.obj', RATIO);
    write('new.obj', RATIO);
    const changed = await veriloss('diff a.obj new.obj --against HEAD --budget 100000 --format markdown');
    expect(changed.stdout).toContain('| loss | different |');
    expect(changed.stderr).toContain('new.obj is not in HEAD');
    expect(changed.code).toBe(1);
    expect((await veriloss('diff same.obj --against HEAD --budget 200000')).code).toBe(0);
    const unknown = await veriloss('diff a.obj --against nowhere');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('`nowhere` is no revision');
  });
  test.each([
    ['diff a.obj', 'diff has 1 file, expected two'],
    ['diff a.obj b.obj a.obj', 'diff has 3 files, expected two'],
    ['diff a.obj --against HEAD', '`HEAD` is no revision'],
  ])('%s', async (line, message) => {
    const { veriloss } = terminal({ 'a.obj': RATIO, 'b.obj': RATIO });
    const { code, stderr } = await veriloss(line);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
