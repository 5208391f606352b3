/** Reserved words, file formats, nearest names. */
import { describe, expect, test } from 'vitest';
import { tokenTable } from '../../grammar/tokens.js';
import { nearest } from '../../src/base/suggest.js';
import { EXTENSIONS, looksLike } from '../../src/syntax/formats.js';

test('the token table names every reserved word of the specification once', () => {
  const names = tokenTable.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const reserved = tokenTable
    .filter(
      ({ highlight, pattern }) =>
        ['keyword', 'level', 'constant', 'operator'].includes(highlight) && /^[a-z]+$/.test(pattern),
    )
    .map(({ pattern }) => pattern)
    .sort();
  expect(reserved).toEqual(
    (
      'param model data tag let minimize maximize metric assume verify refute import def objective from ' +
      'batch group rollout token vocab in where as for assuming if then else and or not true false inf pi local'
    )
      .split(' ')
      .sort(),
  );
});

describe('formats', () => {
  test.each([
    ['objective a {}', 'objective'],
    ['', 'objective'],
    ['# Blender v2.8 OBJ File\n', 'objective'],
    ['v = 3', 'objective'],
    ['o = 3', 'objective'],
    ['g', 'mesh'],
    ['# Blender\n\nmtllib a.mtl\nv 1 2 3', 'mesh'],
    ['\ufeffv 1.0 -2e-3 .5\r\nf 1/2/3 2//3 3', 'mesh'],
    ['o Cube.001\nv 1 2 3', 'mesh'],
    ['vn 0 0 1', 'mesh'],
    ['\u007fELF\u0002\u0000', 'binary'],
    ['d\u0086\u0000\u0000', 'binary'],
  ])('%j looks like %s', (text, format) => {
    expect(looksLike(text)).toBe(format);
  });

  test('extensions', () => {
    expect(EXTENSIONS).toEqual(['.obj', '.objective']);
  });
});

describe('nearest', () => {
  test.each([
    ['log_ration', ['log_ratio', 'ratio'], 'log_ratio'],
    ['minimise', ['minimize', 'maximize'], 'minimize'],
    ['tokn', ['token'], 'token'],
    ['ab', ['ac'], undefined],
    ['abc', ['abd', 'xyz'], 'abd'],
    ['abc', ['axd'], undefined],
    ['same', ['same', 'sane'], 'sane'],
    ['anything', [], undefined],
  ])('%s among %j is %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});
