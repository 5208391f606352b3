/** `veriloss verify` and what surrounds the prover, which is scripted here: its verdicts are what labels say. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { claiming } from './scripted-prover.js';
import { MINI, PAIR, jsonIn, terminal, transcript, WRONG } from './terminal.js';

vi.mock('../../src/verify/verify.js', async () => ({
  verifyClaim: (await import('./scripted-prover.js')).verifyClaim,
  DEFAULT_STEPS: 5000,
}));

const GOOD = claiming('good', 'verify "proved"', 'refute "refuted"');
const BAD = claiming(
  'bad',
  'verify "proved"',
  'verify "refuted thrice"',
  'verify "unknown"',
  'refute "proved too"',
);

/** With a weight to draw; the scripted witness breaks its claim. */
const WEIGHED = `objective weighed {
  param tau in (0, inf) = 0.5
  model logp : token
  data reward : rollout in {0, 1}
  let cost = -tau * reward * tanh(logp + 30)
  minimize mean[token in batch](cost)
  let w = grad(cost, logp)
  refute "it grows (refuted)" : abs(w) is nondecreasing in logp
}
`;

test('transcript', async () => {
  const files = { 'good.obj': GOOD, 'bad.obj': BAD, 'pair.obj': PAIR, 'wrong.obj': WRONG };
  const lines = [
    'verify good.obj',
    'verify bad.obj',
    'verify good.obj bad.obj pair.obj',
    'verify good.obj --verbose',
    'verify bad.obj --format concise',
    'verify bad.obj --format github',
    'verify bad.obj --witnesses w --only refuted*',
    'verify pair.obj',
    'verify wrong.obj',
    'verify',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/verify.txt');
});

describe('exit codes', () => {
  const files = { 'good.obj': GOOD, 'bad.obj': BAD, 'a.obj': MINI, 'pair.obj': PAIR, 'wrong.obj': WRONG };
  test.each([
    ['verify good.obj', 0],
    ['verify good.obj pair.obj', 0],
    ['verify bad.obj', 1],
    ['verify bad.obj --only proved', 0],
    ['verify bad.obj --only refuted*', 1],
    ['verify bad.obj --only unknown', 1],
    ['verify bad.obj --only p*too', 1],
    ['verify good.obj bad.obj', 1],
    ['verify wrong.obj', 1],
    ['verify pair.obj', 2],
    ['verify nothing.obj', 2],
    ['verify good.obj --only provde', 2],
    ['verify good.obj --budget 0', 2],
    ['verify good.obj --budget many', 2],
    ['verify good.obj --format xml', 2],
    ['verify good.obj --certificates c --witnesses c', 2],
    ['verify good.obj -o good.obj/x', 2],
    ['verify good.obj --certificates good.obj', 2],
  ])('%s: %i', async (line, expected) => {
    const { code, stderr } = await terminal(files).veriloss(line);
    expect([code, stderr]).toEqual([expected, expected === 0 ? '' : stderr]);
    for (const format of ['json', 'sarif', 'junit', 'markdown', 'html', 'github', 'concise'])
      if (!line.includes('--format'))
        expect((await terminal(files).veriloss(`${line} --format ${format}`)).code).toBe(expected);
  });
});

describe('what is wrong with the line is said', () => {
  test.each([
    ['--only provde', 'no claim is called `provde`', 'did you mean `proved`?'],
    ['--only zzzzzzzz', 'no claim is called `zzzzzzzz`', 'labels are in double quotes'],
    ["--only ' '", '--only is empty', ''],
    ['--budget 0', '--budget is `0`, expected 1 at least', ''],
    ['--budget 1.5', '--budget is `1.5`, expected a whole number', ''],
    ['--format sariff', '--format is `sariff`', 'did you mean `sarif`?'],
    ['--certificates x --witnesses x', 'name the same folder', 'choose two'],
  ])('%s', async (flags, message, hint) => {
    const { stderr, stdout } = await terminal({ 'good.obj': GOOD }).veriloss(`verify good.obj ${flags}`);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('nothing that is claimed is no success', async () => {
    const { veriloss } = terminal({ 'pair.obj': PAIR, 'defs.obj': 'def half(x) = x / 2\n' });
    expect((await veriloss('verify pair.obj')).stderr).toContain('error: 2 objectives claim nothing');
    expect((await veriloss('verify defs.obj')).stderr).toContain(
      'error: there is no objective, only definitions',
    );
    expect(
      (await veriloss('verify - --stdin-filename x.obj', { stdin: PAIR.split('\n\n')[0] ?? '' })).stderr,
    ).toContain('error: objective `first` claims nothing');
  });
});

test('a document is followed by nothing, and a file takes it', async () => {
  const { veriloss, read } = terminal({ 'bad.obj': BAD, 'good.obj': GOOD });
  for (const [format, start] of [
    ['json', '{'],
    ['sarif', '{'],
    ['junit', '<?xml'],
    ['markdown', '## Claims'],
    ['html', '<!doctype html>'],
  ] as const) {
    const printed = await veriloss(`verify bad.obj --format ${format}`);
    expect(printed.stdout.startsWith(start)).toBe(true);
    expect(printed.stderr).toBe('✗ 3 of 4 claims failed: 1 proved, 1 refuted, 1 unknown\n');
    const filed = await veriloss(`verify bad.obj --format ${format} -o out/report --color always`);
    expect(read('out/report')).toBe(printed.stdout);
    expect(filed.stdout).toContain('3 of 4 claims failed');
    expect((await veriloss(`verify good.obj --format ${format} -q`)).stderr).toBe('');
  }
  expect((await veriloss('verify bad.obj', { env: { VERILOSS_FORMAT: 'sarif' } })).stdout).toContain(
    '"runs"',
  );
});

test('a page of HTML has a picture of each weight, with what breaks its claims', async () => {
  const { veriloss, read } = terminal({ 'good.obj': GOOD, 'weighed.obj': WEIGHED });
  await veriloss('verify good.obj weighed.obj --format html -o page.html');
  const pictures = read('page.html').match(/<figure><svg [^]*?<\/svg>/g) ?? [];
  expect(pictures).toHaveLength(1);
  expect(pictures[0]).toContain('<title>refuted: it grows (refuted)</title>');
  expect(pictures[0]).toContain('id="picture-1-clip-positive"');
});

test('--quiet leaves out what passes, and nothing else', async () => {
  const { veriloss } = terminal({ 'bad.obj': BAD, 'good.obj': GOOD, 'pair.obj': PAIR });
  expect(await veriloss('verify good.obj pair.obj -q')).toEqual({ code: 0, stdout: '', stderr: '' });
  const { stdout, stderr } = await veriloss('verify bad.obj -q');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^refuted\[V0701\][^]*\n✗ 3 of 4 claims failed: 1 proved, 1 refuted, 1 unknown\n$/);
});

describe('on GitHub', () => {
  const env = (folder: string): Record<string, string> => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  });

  test('annotations follow the text, and the summary of the job is added to', async () => {
    const { veriloss, folder, read, write } = terminal({ 'o/bad.obj': BAD });
    write('summary.md', 'before\n');
    const { stdout } = await veriloss('verify o/bad.obj', { env: env(folder) });
    expect(stdout).toContain('refuted[V0701]');
    expect(stdout.match(/^::error file=o\/bad\.obj,/gm)).toHaveLength(3);
    expect(read('summary.md')).toMatch(/^before\n## Claims\n/);
  });

  test('another format has neither, unless it is theirs', async () => {
    const { veriloss, folder, read } = terminal({ 'o/bad.obj': BAD });
    for (const format of ['text', 'json'])
      expect(
        (await veriloss(`verify o/bad.obj --format ${format}`, { env: env(folder) })).stdout,
      ).not.toContain('::error');
    expect(existsSync(join(folder, 'summary.md'))).toBe(false);
    await veriloss('verify o/bad.obj --format github', { env: env(folder) });
    expect(read('summary.md')).toMatch(/^## Claims\n/);
  });

  test('a summary that cannot be written is a note', async () => {
    const { veriloss, folder } = terminal({ 'good.obj': GOOD });
    const { code, stderr } = await veriloss('verify good.obj', {
      env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder },
    });
    expect([code, stderr]).toEqual([0, 'note: the summary of the job cannot be written\n']);
  });
});

describe('certificates', () => {
  test('one for each claim that is decided, named for it, with the path of its text from there', async () => {
    const { veriloss, folder, read } = terminal({ 'deep/bad.obj': BAD });
    await veriloss('verify deep/bad.obj --certificates proofs/here');
    expect(jsonIn(join(folder, 'proofs'))).toEqual([
      'here/bad/01-proved.json',
      'here/bad/02-refuted-thrice.json',
      'here/bad/04-proved-too.json',
    ]);
    const first = JSON.parse(read('proofs/here/bad/01-proved.json')) as Record<string, unknown>;
    expect(first).toMatchObject({
      format_version: '1.0',
      source: '../../../deep/bad.obj',
      objective: 'bad',
      claim: 0,
      label: 'proved',
      text: 'tau > 0',
      certificate: {
        obligations: [
          {
            sequent: {
              variables: [{ name: 'tau' }],
              given: [['>', ['var', 'tau']]],
              goal: ['>=', ['+', ['var', 'tau'], '1/3']],
            },
            proof: { rule: 'contradiction', sum: [{ times: '1180591620717411303424', of: [] }] },
          },
        ],
      },
    });
    const refuted = JSON.parse(read('proofs/here/bad/02-refuted-thrice.json')) as Record<string, unknown>;
    expect(refuted).toMatchObject({ witness: { points: [{}, {}, { readings: [{ high: 'inf' }] }] } });
  });

  test('are the same bytes at every run, from the cache too', async () => {
    const { veriloss, read, folder } = terminal({ 'bad.obj': BAD });
    mkdirSync(join(folder, 'node_modules'));
    const texts: string[] = [];
    for (const flags of ['--no-cache', '', '']) {
      await veriloss(`verify bad.obj --certificates proofs ${flags}`);
      texts.push(read('proofs/bad/02-refuted-thrice.json'));
    }
    expect(new Set(texts).size).toBe(1);
  });

  test('of claims that went away go, and nothing else does', async () => {
    const { veriloss, folder, write } = terminal({ 'bad.obj': BAD });
    await veriloss('verify bad.obj --certificates proofs');
    write('proofs/bad/notes.json', '{}');
    write('proofs/other/01-x.json', '{}');
    write('bad.obj', claiming('bad', 'verify "proved still"'));
    await veriloss('verify bad.obj --certificates proofs --only proved*');
    expect(jsonIn(join(folder, 'proofs'))).toContain('bad/04-proved-too.json');
    await veriloss('verify bad.obj --certificates proofs');
    expect(jsonIn(join(folder, 'proofs'))).toEqual([
      'bad/01-proved-still.json',
      'bad/notes.json',
      'other/01-x.json',
    ]);
  });

  test('two objectives of one name cannot share a folder', async () => {
    const { veriloss, folder } = terminal({ 'a/x.obj': GOOD, 'b/x.obj': GOOD.replace('good', 'Good') });
    const { code, stderr } = await veriloss('verify a b --certificates proofs');
    expect(stderr).toContain(
      'error: --certificates has one folder for `Good`, which both a/x.obj and b/x.obj hold',
    );
    expect([code, existsSync(join(folder, 'proofs'))]).toEqual([2, false]);
    expect((await veriloss('verify a b')).code).toBe(0);
  });
});

describe('witnesses', () => {
  const commandIn = (text: string): string => /= replay: veriloss (.*)$/m.exec(text)?.[1] ?? '';

  test.each([
    ['one batch', claiming('one', 'verify "refuted, and how"'), 'w/one/01-refuted-and-how.json'],
    ['three', claiming('three', 'verify "refuted thrice"'), 'w/three/01-refuted-thrice.jsonl'],
  ])('%s: the report names the command that shows it', async (_name, text, path) => {
    const { veriloss } = terminal({ 'x y.obj': text });
    const { stdout } = await veriloss("verify 'x y.obj' --witnesses w");
    const command = commandIn(stdout);
    expect(command).toBe(`eval 'x y.obj' --batch ${path} --set tau=0.25`);
    const shown = await veriloss(command);
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    // -tau * (1 * -1) / 2, for the first batch.
    expect(shown.stdout).toMatch(/"loss": ?0\.125\b/);
  });

  test('without a folder, the command is the one that writes them', async () => {
    const { veriloss, folder } = terminal({ 'bad.obj': BAD });
    const command = commandIn((await veriloss('verify bad.obj')).stdout).replace('FOLDER', 'w');
    await veriloss(command);
    expect(jsonIn(join(folder, 'w'))).toEqual(['bad/02-refuted-thrice.jsonl']);
  });

  test('of several objectives the command names one; of standard input there is none', async () => {
    const { veriloss } = terminal({ 'two.obj': `${BAD}\n${GOOD}` });
    expect(commandIn((await veriloss('verify two.obj --witnesses w')).stdout)).toContain(
      '--objective bad --batch',
    );
    expect((await veriloss('verify -', { stdin: BAD })).stdout).not.toContain('replay:');
  });
});

test('the budget is that of the line, then that of the configuration', async () => {
  const files = {
    'a.obj': claiming('a', 'verify "proved, hard"'),
    'veriloss.config.json': '{ "verify": { "budget": 10 } }',
  };
  const { veriloss } = terminal(files);
  expect((await veriloss('verify a.obj')).code).toBe(1);
  expect((await veriloss('verify a.obj --budget 5000')).code).toBe(0);
  expect((await veriloss('verify a.obj --isolated')).code).toBe(0);
});

test('--watch decides again what changes, imports too', async () => {
  const { start, write } = terminal({
    'a.obj': `import { half } from "./lib.obj"\n${claiming('a', 'verify "proved"').replace('-tau *', '-half(tau) *')}`,
    'lib.obj': 'def half(x) = x / 2\n',
  });
  const running = start('verify a.obj --watch');
  await running.seen(/✓ 1 claim passes[^]*Ctrl-C ends it\n$/);
  write('lib.obj', 'def half(x) = x / \n');
  await running.seen(/error\[E01[^]*Ctrl-C ends it\n$/);
  write('lib.obj', 'def half(x) = x / 4\n');
  await running.seen(/✓ 1 claim passes[^]*Ctrl-C ends it\n$/);
  write('a.obj', claiming('a', 'verify "unknown"'));
  await running.seen(/unknown\[V0703\][^]*Ctrl-C ends it\n$/);
  expect(await running.stop()).toBe(130);
});
