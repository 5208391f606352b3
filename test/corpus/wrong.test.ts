/** Wrong programs: enough of them, and each wrong in its own way. */
import { expect, test } from 'vitest';
import { alike, framesOf, wrong } from './programs.js';

test('there are as many as the language can go wrong in', () => {
  expect(wrong.length).toBeGreaterThanOrEqual(250);
});

test('no two are the same but for names and numbers', () => {
  expect(alike(wrong)).toEqual([]);
});

test('no two get the same frames but for the name of the file', () => {
  const seen = new Map<string, string>();
  const doubled = wrong.flatMap((program) => {
    const own = framesOf(program).replace(/^(\s*┌─ )[^\s:]+/gm, '$1');
    const before = seen.get(own);
    seen.set(own, program.name);
    return before === undefined ? [] : [[before, program.name]];
  });
  expect(doubled).toEqual([]);
});
