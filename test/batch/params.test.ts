/** Parameters given at run time. */
import { describe, expect, it } from 'vitest';
import { open } from '../../src/base/interval.js';
import type { ParamDeclaration } from '../../src/batch/params.js';
import { resolveParams } from '../../src/batch/params.js';

const declarations: readonly ParamDeclaration[] = [
  { name: 'tau', domain: { kind: 'interval', integer: false, interval: open(0, Infinity) }, default: 0.5 },
  {
    name: 'max_length',
    domain: {
      kind: 'interval',
      integer: true,
      interval: { low: 1, high: Infinity, lowOpen: false, highOpen: true },
    },
  },
  { name: 'mode', domain: { kind: 'set', values: [0, 1] }, default: 0 },
];

describe('resolveParams', () => {
  it.each<[string, Record<string, unknown>, [string, number][]]>([
    [
      'defaults',
      { max_length: 16 },
      [
        ['tau', 0.5],
        ['max_length', 16],
        ['mode', 0],
      ],
    ],
    [
      'given values',
      { mode: 1, tau: 2, max_length: 1 },
      [
        ['tau', 2],
        ['max_length', 1],
        ['mode', 1],
      ],
    ],
    [
      'a member that is undefined as not given',
      { tau: undefined, max_length: 2 },
      [
        ['tau', 0.5],
        ['max_length', 2],
        ['mode', 0],
      ],
    ],
  ])('takes %s', (_, given, values) => {
    const result = resolveParams(declarations, given);
    expect('values' in result && [...result.values]).toEqual(values);
  });

  it.each<[path: string, message: string, given: Record<string, unknown>, hint?: string]>([
    [
      'max_lenght',
      'the objective has no parameter `max_lenght`',
      { max_lenght: 1 },
      'did you mean `max_length`?',
    ],
    [
      'x',
      'the objective has no parameter `x`',
      { x: 1, max_length: 1 },
      'it has `tau`, `max_length`, `mode`',
    ],
    [
      'max_length',
      'parameter `max_length` has no default and was not given',
      {},
      'give an integer in [1, inf)',
    ],
    ['max_length', '`max_length` is 0, expected an integer in [1, inf)', { max_length: 0 }],
    ['max_length', '`max_length` is 1.5, expected an integer in [1, inf)', { max_length: 1.5 }],
    ['tau', '`tau` is 0, expected a value in (0, inf)', { tau: 0, max_length: 1 }],
    ['tau', '`tau` is NaN, expected a value in (0, inf)', { tau: NaN, max_length: 1 }],
    ['tau', '`tau` is NaN, expected a value in (0, inf)', { tau: 'NaN', max_length: 1 }],
    ['tau', '`tau` is inf, expected a value in (0, inf)', { tau: Infinity, max_length: 1 }],
    ['tau', '`tau` is the text "half", expected a value in (0, inf)', { tau: 'half', max_length: 1 }],
    ['tau', '`tau` is null, expected a value in (0, inf)', { tau: null, max_length: 1 }],
    ['mode', '`mode` is 2, expected a value in {0, 1}', { mode: 2, max_length: 1 }],
  ])('rejects %s: %s', (path, message, given, hint) => {
    expect(resolveParams(declarations, given)).toEqual({
      problem: { path, message, ...(hint === undefined ? {} : { hint }) },
    });
  });

  it('says so where there are none', () => {
    expect(resolveParams([], { tau: 1 })).toHaveProperty('problem.hint', 'the objective has none');
  });
});
