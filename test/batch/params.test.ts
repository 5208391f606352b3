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

const dependent: readonly ParamDeclaration[] = [
  { name: 'low', domain: { kind: 'interval', integer: false, interval: open(0, 1) }, default: 0.2 },
  {
    name: 'high',
    domain: {
      kind: 'dependent',
      integer: false,
      low: { param: 'low', negative: false },
      high: Infinity,
      lowOpen: false,
      highOpen: true,
      hull: open(0, Infinity),
    },
    default: 0.28,
  },
  {
    name: 'shift',
    domain: {
      kind: 'dependent',
      integer: true,
      low: { param: 'high', negative: true },
      high: { param: 'high', negative: false },
      lowOpen: true,
      highOpen: false,
      hull: open(-Infinity, Infinity),
    },
    default: 0,
  },
];

describe('an end that is a parameter', () => {
  it.each<[Record<string, unknown>, number[]]>([
    [{}, [0.2, 0.28, 0]],
    [{ high: 0.2 }, [0.2, 0.2, 0]],
    [{ low: 0.1, high: 0.15 }, [0.1, 0.15, 0]],
    [{ low: 0.5, high: 7, shift: 7 }, [0.5, 7, 7]],
    [{ high: 7, shift: -6 }, [0.2, 7, -6]],
  ])('%j', (given, values) => {
    const result = resolveParams(dependent, given);
    expect('values' in result && [...result.values.values()]).toEqual(values);
  });

  it.each<[path: string, message: string, given: Record<string, unknown>, hint?: string]>([
    ['high', '`high` is 0.1, expected a value in [low, inf) = [0.2, inf)', { high: 0.1 }],
    ['high', '`high` is 0.4, expected a value in [low, inf) = [0.5, inf)', { low: 0.5, high: 0.4 }],
    ['high', '`high` is the text "x", expected a value in [low, inf) = [0.2, inf)', { high: 'x' }],
    [
      'high',
      'the default of `high` is 0.28, expected a value in [low, inf) = [0.5, inf)',
      { low: 0.5 },
      'give `high` a value too',
    ],
    ['shift', '`shift` is -7, expected an integer in (-high, high] = (-7, 7]', { high: 7, shift: -7 }],
    ['shift', '`shift` is 0.5, expected an integer in (-high, high] = (-7, 7]', { high: 7, shift: 0.5 }],
    ['low', '`low` is 1, expected a value in (0, 1)', { low: 1, high: 0 }],
  ])('rejects %s: %s', (path, message, given, hint) => {
    expect(resolveParams(dependent, given)).toEqual({
      problem: { path, message, ...(hint === undefined ? {} : { hint }) },
    });
  });

  it('is part of what is missing', () => {
    const [low, high] = dependent;
    const undecided = [low, high].flatMap((one) =>
      one === undefined ? [] : [{ name: one.name, domain: one.domain }],
    );
    expect(resolveParams(undecided, { low: 0.5 })).toHaveProperty(
      'problem.hint',
      'give a value in [low, inf) = [0.5, inf)',
    );
  });
});

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
