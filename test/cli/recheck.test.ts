/** `veriloss recheck` and `verify --recheck`, with a checker that goes by the label: which certificates reach it, and what is said. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { RecheckRequest, Rechecked } from '../../src/recheck.js';
import { claiming } from './scripted-prover.js';
import { terminal, transcript } from './terminal.js';

const seen = vi.hoisted((): RecheckRequest[] => []);
vi.mock('../../src/verify/verify.js', async () => ({
  verifyClaim: (await import('./scripted-prover.js')).verifyClaim,
  DEFAULT_STEPS: 5000,
}));
vi.mock('../../src/recheck.js', () => ({
  recheck: (request: RecheckRequest): Rechecked => {
    seen.push(request);
    const { claim } = request.certificate as { readonly claim: number };
    return claim === 2
      ? { accepted: false, reason: 'the sum is not 0', where: 'obligations[0].proof' }
      : { accepted: true };
  },
}));

beforeEach(() => {
  seen.length = 0;
});

const GOOD = claiming('good', 'verify "proved"', 'refute "refuted"');
const FLAWED = claiming('flawed', 'verify "proved"', 'verify "proved as well"', 'verify "proved, flawed"');

test('transcript', async () => {
  const lines = [
    'verify o --certificates proofs -q',
    'recheck proofs',
    'recheck proofs --verbose',
    'recheck proofs/good',
    'recheck proofs --format json',
    'verify o/flawed.obj --recheck',
    'verify o/good.obj --recheck',
    'recheck nothing',
    'recheck o',
    'recheck',
  ];
  const said = await transcript({ 'o/good.obj': GOOD, 'o/flawed.obj': FLAWED }, lines);
  await expect(said).toMatchFileSnapshot('transcripts/recheck.txt');
});

test('the checker gets the text, its name, its imports, and what the file holds', async () => {
  const { veriloss } = terminal({
    'o/a.obj': `import { half } from "./lib.obj"\n${claiming('a', 'refute "refuted thrice"').replace('-tau *', '-half(tau) *')}`,
    'o/lib.obj': 'def half(x) = x / 2\n',
  });
  await veriloss('verify o/a.obj --certificates deep/proofs');
  expect((await veriloss('recheck deep')).code).toBe(0);
  const [request] = seen;
  expect(request).toMatchObject({
    name: 'o/a.obj',
    text: expect.stringContaining('objective a {') as unknown,
    certificate: { objective: 'a', claim: 0, status: 'refuted' },
    witness: { points: [{}, {}, { readings: [{ high: 'inf' }] }] },
  });
  expect(request?.resolve?.('./lib.obj', 'o/a.obj')?.text).toBe('def half(x) = x / 2\n');
});

describe('what cannot be checked is refused, with the reason', () => {
  const change =
    (members: Readonly<Record<string, unknown>>) =>
    (text: string): string =>
      JSON.stringify({ ...(JSON.parse(text) as object), ...members });
  const cases: readonly (readonly [string, (text: string) => string, string])[] = [
    ['no JSON', (text) => text.slice(0, -40), 'refused: '],
    ['a list', () => '[]', 'expected an object, found'],
    ['no format', change({ format_version: undefined }), 'no certificate of this format'],
    ['a later format', change({ format_version: '2.0' }), 'no certificate of this format'],
    ['no source', change({ source: undefined }), 'it has no `source`'],
    ['no claim', change({ claim: undefined }), 'does not say which claim'],
    ['a source that is not there', change({ source: '../../o/god.obj' }), 'there is no o/god.obj'],
    ['a source that is a folder', change({ source: '../../o' }), 'o is a folder'],
    ['another objective', change({ objective: 'other' }), 'not of the claim that the file names'],
    ['another claim', change({ claim: 1 }), 'not of the claim that the file names'],
    ['another wording', change({ text: 'tau >= 0' }), 'the claim is `tau > 0` today, expected `tau >= 0`'],
    ['no certificate', change({ certificate: undefined }), 'not of the claim that the file names'],
    [
      'an objective that is not there',
      change({ objective: 'x', certificate: { objective: 'x', claim: 0 } }),
      'o/good.obj has no objective `x`',
    ],
    [
      'a claim that is not there',
      change({ claim: 9, certificate: { objective: 'good', claim: 9 } }),
      '`good` has 2 claims',
    ],
  ];
  test.each(cases)('%s', async (_name, damage, reason) => {
    const { veriloss, read, write } = terminal({ 'o/good.obj': GOOD });
    await veriloss('verify o/good.obj --certificates proofs');
    const path = 'proofs/good/01-proved.json';
    write(path, damage(read(path)));
    const { code, stdout, stderr } = await veriloss('recheck proofs');
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^✗ proofs\/good\/01-proved\.json.*\n✗ 1 of 2 certificates refused\n$/);
    expect(stdout).toContain(reason);
    expect(seen).toHaveLength(1);
  });

  test('a text that changed since', async () => {
    const { veriloss, write } = terminal({ 'o/good.obj': GOOD });
    await veriloss('verify o/good.obj --certificates proofs');
    write('o/good.obj', GOOD.replace('"proved" : tau > 0', '"proved" : tau > -1'));
    expect((await veriloss('recheck proofs')).stdout).toContain(
      'the claim is `tau > -1` today, expected `tau > 0`',
    );
    write('o/good.obj', GOOD.replace('reward * logp', 'reward * lgp'));
    const { code, stdout } = await veriloss('recheck proofs');
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining('o/good.obj is wrong: `veriloss check o/good.obj` says how'),
    ]);
    // Whitespace and comments are no change.
    write('o/good.obj', GOOD.replace('tau > 0', '\n  # why\n tau   >  0'));
    expect((await veriloss('recheck proofs')).code).toBe(0);
  });
});

test('a certificate that is named twice is checked once, and --watch goes on', async () => {
  const { veriloss, start, write, read } = terminal({ 'o/good.obj': GOOD });
  await veriloss('verify o/good.obj --certificates proofs');
  await veriloss('recheck proofs proofs/good ./proofs/good/01-proved.json');
  expect(seen).toHaveLength(2);
  const running = start('recheck proofs --watch');
  await running.seen(/✓ 2 certificates accepted[^]*Ctrl-C ends it\n$/);
  const text = read('o/good.obj');
  write('o/good.obj', text.replace('"proved" : tau > 0', '"proved" : tau > -1'));
  await running.seen(/✗ 1 of 2 certificates refused[^]*Ctrl-C ends it\n$/);
  write('o/good.obj', text);
  await running.seen(/✓ 2 certificates accepted[^]*Ctrl-C ends it\n$/);
  expect(await running.stop()).toBe(130);
});

test('--output takes the report; a document is followed by nothing', async () => {
  const { veriloss, read } = terminal({ 'o/flawed.obj': FLAWED });
  await veriloss('verify o/flawed.obj --certificates proofs');
  const printed = await veriloss('recheck proofs --format json');
  expect([printed.code, printed.stderr]).toEqual([1, '✗ 1 of 3 certificates refused\n']);
  expect(JSON.parse(printed.stdout)).toMatchObject({ summary: { certificates: 3, accepted: 2, refused: 1 } });
  const filed = await veriloss('recheck proofs --format json -o out.json');
  expect([filed.stdout, read('out.json')]).toEqual(['✗ 1 of 3 certificates refused\n', printed.stdout]);
});
