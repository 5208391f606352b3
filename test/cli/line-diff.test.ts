/** The difference of two texts: what it says, and that applying it gives the second text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../src/cli/line-diff.js';

/** Applies a difference as `patch` does, and holds it to what its heads say. */
function apply(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const made: string[] = [];
  let at = 0;
  const hunks = diff.split(/^(?=@@ )/m).slice(1);
  for (const hunk of hunks) {
    const [head = '', ...rest] = hunk.match(/[^\n]*\n/g) ?? [];
    const [, start, count = '1', newStart, newCount = '1'] =
      /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n$/.exec(head) ?? [];
    const first = Number(start) - (count === '0' ? 0 : 1);
    made.push(...old.slice(at, first));
    at = first;
    expect(made.length).toBe(Number(newStart) - (newCount === '0' ? 0 : 1));
    let [removed, added] = [0, 0];
    rest.forEach((line, index) => {
      if (line.startsWith('\\')) return;
      const ends = rest[index + 1]?.startsWith('\\') ? line.slice(1, -1) : line.slice(1);
      if (!line.startsWith('+')) {
        expect(old[at]).toBe(ends);
        at += 1;
        removed += 1;
      }
      if (!line.startsWith('-')) {
        made.push(ends);
        added += 1;
      }
    });
    expect([removed, added]).toEqual([Number(count), Number(newCount)]);
  }
  return made.join('') + old.slice(at).join('');
}

test('what it looks like', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n';
  const after = 'a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n';
  expect(unifiedDiff('x.obj', before, after)).toBe(
    '--- x.obj\n+++ x.obj\n@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -10,3 +10,4 @@\n j\n k\n l\n+m\n',
  );
});

describe('ends', () => {
  test.each([
    ['a', 'a\n', '-a\n\\ No newline at end of file\n+a\n'],
    ['a\r\n', 'a\n', '-a\r\n+a\n'],
    ['', 'a\n', '@@ -0,0 +1 @@\n+a\n'],
    ['a\n', '', '@@ -1 +0,0 @@\n-a\n'],
    ['\uFEFFa\n', 'a\n', '-\uFEFFa\n+a\n'],
  ])('%j to %j', (before, after, expected) => {
    const diff = unifiedDiff('x', before, after);
    expect(diff).toContain(expected);
    expect(apply(before, diff)).toBe(after);
  });

  test('the same text has none', () => {
    expect(unifiedDiff('x', 'a\n', 'a\n')).toBe('');
  });
});

test('applied, it gives the second text', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', '  d', 'e', 'f', 'g');
  const text = fc
    .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends ? '\n' : ''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(apply(before, unifiedDiff('x', before, after))).toBe(after);
    }),
    { numRuns: 1000, seed: 3 },
  );
});

test('lines that stay are not repeated', () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `let x${at} = ${at}\n`);
  const after = lines.map((one, at) => (at % 1000 === 500 ? one.replace('=', ' =') : one)).join('');
  const diff = unifiedDiff('x', lines.join(''), after);
  expect(diff.match(/^@@/gm)).toHaveLength(5);
  expect(apply(lines.join(''), diff)).toBe(after);
  const everything = lines.map((one) => `  ${one}`).join('');
  expect(apply(lines.join(''), unifiedDiff('x', lines.join(''), everything))).toBe(everything);
});
