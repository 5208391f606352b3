/** Batches and results as JSON text. */
import { describe, expect, it } from 'vitest';
import { formatNumber, numberOf, parseBatch, parseBatches, stringifyResult } from '../../src/batch/json.js';
import { findFault } from '../../src/batch/malformed.js';

describe('parseBatch', () => {
  it('reads an object, whatever is in it', () => {
    expect(parseBatch('\uFEFF{"group": [0],\r\n "logp": [["NaN"]]}')).toEqual({
      raw: { group: [0], logp: [['NaN']] },
    });
  });

  const malformed: readonly [text: string, line: number, column: number, message: string, hint?: string][] = [
    ['', 1, 1, 'expected a value, found the end of the text'],
    ['{"a": [1, 2}', 1, 12, 'expected `,` or `]`, found `}`'],
    ['{"a": 1', 1, 8, 'expected `,` or `}`, found the end of the text'],
    ['{"a": [1, 2,]}', 1, 13, 'expected a value, found `]`', 'remove the comma before it'],
    ['{"a": 1,\n}', 2, 1, 'expected a name in double quotes, found `}`', 'remove the comma before it'],
    ['{\n  "a": [1,\n    NaN]}', 3, 5, '`NaN` is not a JSON value', 'write it as "NaN", in quotes'],
    ['{"a": -Infinity}', 1, 7, '`-Infinity` is not a JSON value', 'write it as "-inf", in quotes'],
    ['{"é😀": [inf]}', 1, 9, '`inf` is not a JSON value', 'write it as "inf", in quotes'],
    ['{a: 1}', 1, 2, 'expected a name in double quotes, found `a`'],
    ["{'a': 1}", 1, 2, "expected a name in double quotes, found `'`"],
    ['{"a" 1}', 1, 6, 'expected `:`, found `1`'],
    ['{"a": 1} {"b": 2}', 1, 10, 'expected nothing more, found `{`'],
    ['{"a": "x', 1, 7, 'the text that starts here has no closing `"` or holds an unescaped character'],
    ['{"a": 01}', 1, 8, 'expected `,` or `}`, found `1`'],
    ['{"a": [1 2]}', 1, 10, 'expected `,` or `]`, found `2`'],
    ['{"a": +1}', 1, 7, 'expected a value, found `+`'],
    ['{"a": undefined}', 1, 7, 'expected a value, found `undefined`'],
    ['[1, 2]', 1, 1, 'a batch is an object with one member per input, found a list of 2'],
    ['null', 1, 1, 'a batch is an object with one member per input, found null'],
    ['3', 1, 1, 'a batch is an object with one member per input, found 3'],
  ];
  it.each(malformed)('says where %j is none', (text, line, column, message, hint) => {
    expect(parseBatch(text)).toEqual({
      problem: { path: '', line, column, message, ...(hint === undefined ? {} : { hint }) },
    });
  });

  it('agrees with JSON.parse on what is JSON, under every truncation and deletion', () => {
    const text =
      '{"a": [1, -2.5e+3, true, null, {"b": [], "c": {}}], "d\\u00e9\\n": "x", "e": [[0.1], "NaN"]}';
    const variants = [...text].flatMap((_, at) => [
      text.slice(0, at),
      text.slice(0, at) + text.slice(at + 1),
    ]);
    for (const variant of [text, ...variants]) {
      let json = true;
      try {
        JSON.parse(variant);
      } catch {
        json = false;
      }
      expect([variant, findFault(variant) === undefined]).toEqual([variant, json]);
    }
  });

  it('is not defeated by depth', () => {
    expect(parseBatch('['.repeat(100_000))).toHaveProperty('problem.column', 100_001);
  });
});

describe('parseBatches', () => {
  it('gives one batch per line that is not blank, with its line', () => {
    expect(parseBatches('{"a": 1}\r\n\n  \n{"b": 2}\n')).toEqual({
      batches: [
        { line: 1, raw: { a: 1 } },
        { line: 4, raw: { b: 2 } },
      ],
    });
    expect(parseBatches(' \n')).toEqual({ batches: [] });
  });

  it('names the line that is none', () => {
    expect(parseBatches('{"a": 1}\n\n{"b": 2')).toMatchObject({ problem: { line: 3, column: 8 } });
    expect(parseBatches('{"a": 1}\n[]')).toMatchObject({ problem: { line: 2, column: 1 } });
  });
});

describe('numbers', () => {
  it.each<[unknown, number | undefined]>([
    [1.5, 1.5],
    ['NaN', NaN],
    ['inf', Infinity],
    ['-inf', -Infinity],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['1.5', undefined],
    ['INF', undefined],
    [true, undefined],
    [null, undefined],
    [[1], undefined],
  ])('%j stands for %s', (raw, value) => expect(numberOf(raw)).toBe(value));

  it.each([
    [0.1, '0.1'],
    [-0, '-0'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [0.30000000000000004, '0.30000000000000004'],
    [NaN, 'NaN'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
  ])('%s is written %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('stringifyResult', () => {
  it('writes innermost lists on a line, NaN and infinities as strings, and leaves out what is undefined', () => {
    const result = {
      loss: -0,
      gone: undefined,
      gradients: new Map([['logp', [[1, NaN], []]]]),
      w: Float64Array.of(-Infinity),
      none: {},
      ok: true,
    };
    expect(stringifyResult(result)).toBe(
      [
        '{',
        '  "loss": -0,',
        '  "gradients": {',
        '    "logp": [',
        '      [1, "NaN"],',
        '      []',
        '    ]',
        '  },',
        '  "w": ["-inf"],',
        '  "none": {},',
        '  "ok": true',
        '}',
      ].join('\n'),
    );
  });

  it('writes doubles that read back as themselves', () => {
    const values = [Math.PI, 1 / 3, 5e-324, Number.MAX_VALUE, -0, 2 ** 53 + 2, NaN, Infinity];
    const back = JSON.parse(stringifyResult(values)) as unknown[];
    expect(back.map(numberOf)).toEqual(values);
  });
});
