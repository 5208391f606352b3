/** One small objective for each form of claim: broken ones have a witness, and kept, empty or undefined ones have none. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/compile.js';
import type { Witness } from '../../../src/proof/verdict.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { exampleOf } from '../../../src/verify/refute/example.js';
import { refute, undefinedAt, type Refutation } from '../../../src/verify/refute/refute.js';
import { expectToBreak } from './replay.js';

const STEPS = 150_000;

const objective = (claim: string, lets: string, domain: string): string => `
objective small {
  param tau in (0, inf) = 0.5
  param eps in (0, 1) = 0.2
  model logp : token${domain}
  data old_logp : token
  data reward : rollout in {0, 1}
  data advantage : rollout
  let s = logp - old_logp
  ${lets}
  minimize mean[token in batch](s * advantage)
  verify ${claim}
}`;

function claimOf(claim: string, lets: string, domain = '') {
  const { units, diagnostics } = analyze(objective(claim, lets, domain));
  const program = units[0]?.program;
  const made = program?.claims[0];
  if (program === undefined || made === undefined)
    throw new Error(diagnostics.map(({ title }) => title).join('\n'));
  return { program, claim: made };
}
function refuted(text: string, lets = '', domain = ''): Refutation | undefined {
  const { program, claim } = claimOf(text, lets, domain);
  const found = refute(program, claim, budgetOf(STEPS));
  if (found !== undefined) expectToBreak(program, claim, found.witness);
  return found;
}

/** What is claimed, and what is defined for it. */
type Case = readonly [claim: string, lets: string];
const BROKEN: readonly Case[] = [
  [': s <= 4', ''],
  [': s * advantage < s * advantage', ''],
  [': tau >= 0.01', ''],
  [': s == advantage', ''],
  ['for reward == 1 : sum[rollout](reward) >= 2', ''],
  ['assuming s == 0 : logp >= -1', ''],
  [': w is nonincreasing in s', 'let w = exp(s)'],
  [': w is nondecreasing in s', 'let w = s * s'],
  [': w is increasing in s', 'let w = min(s, 1)'],
  [': w is decreasing in s', 'let w = max(-s, tau)'],
  [': w is nondecreasing in tau', 'let w = exp(-tau)'],
  [': w is constant in s', 'let w = sigmoid(s)'],
  [': w is lipschitz in s by 0.2', 'let w = sigmoid(s)'],
  [': w is lipschitz in s by 100', 'let w = if s > 1 then 1 else 0'],
  [': w is convex in s', 'let w = log1p(exp(-abs(s)))'],
  [': w is bounded', 'let w = exp(s) * advantage'],
  [': w is bounded', 'let w = (logp + tau) ^ 3'],
  [': w is bounded in s', 'let w = s'],
  [': w is bounded', 'let w = sum[rollout](mean[token](s))'],
  [': sup(w, s) == 0.9', 'let w = sigmoid(s)'],
  [': sup(w, s) == 2', 'let w = min(exp(s), 1)'],
  [': inf(w, s) == 0', 'let w = s'],
  [': w tends to 0 as s -> inf', 'let w = sigmoid(s)'],
  [': w tends to 1 as s -> 0', 'let w = exp(s) * 2'],
  [': w tends to tau as s -> -inf', 'let w = exp(s)'],
  [': w is continuous in s', 'let w = if exp(s) > 1 + eps then 0 else 1'],
  [': w is continuous in s', 'let w = sign(s)'],
  [': w is continuous in s', 'let w = if s + exp(s) > 3 then 0 else 1'],
  [': w is nowhere zero in s', 'let w = max(s, 0)'],
  [': w is nowhere zero in s', 'let w = clip(s, -1, 1) - s'],
  [': w is independent of advantage', 'let w = mean[rollout](advantage)'],
  [': w is independent of advantage', 'let w = mean[others](advantage)'],
];
const KEPT: readonly Case[] = [
  [': s <= s', ''],
  [': s * 0 == 0', ''],
  ['assuming s == 0 : logp == old_logp', ''],
  [': w is nondecreasing in s', 'let w = exp(s)'],
  [': w is nonincreasing in s', 'let w = min(-s, 1)'],
  [': w is constant in s', 'let w = advantage'],
  [': w is lipschitz in s by 1', 'let w = abs(s)'],
  [': w is convex in s', 'let w = s * s'],
  [': w is bounded', 'let w = sigmoid(s) * advantage'],
  [': w is bounded in s', 'let w = min(max(s, -1), tau)'],
  [': sup(w, s) == 1', 'let w = sigmoid(s)'],
  [': w tends to 1 as s -> inf', 'let w = sigmoid(s)'],
  [': w is continuous in s', 'let w = abs(s)'],
  [': w is continuous in s', 'let w = exp(exp(s))'],
  [': w is nowhere zero in s', 'let w = s * s'],
  [': w is independent of advantage', 'let w = exp(s)'],
  ['for reward == 2 : s <= 0', ''],
  ['assuming exp(s) < 0 : w is constant in s', 'let w = s'],
  ['for tau < 0 : s <= 0', ''],
];

describe('a broken claim has a witness', () => {
  test.each(BROKEN)('%s %s', (claim, lets) => {
    const found = refuted(claim, lets);
    expect(found?.witness.summary).toMatch(/\S/);
    expect(found?.witness.logProbabilities).toBe(true);
  });
});

describe('a claim that holds, or speaks of nothing, has none', () => {
  test.each(KEPT)('%s %s', (claim, lets) => {
    expect(refuted(claim, lets)?.witness.summary).toBeUndefined();
  });
});

/** At or below 0, so that the data say how large a ratio may become. */
const CAPPED = ' in (-inf, 0]';
const CENTRED = 'let w = exp(s) * (if logp > mean[token in batch](logp) then 1 else 2)';

describe('what inputs do not permit breaks nothing', () => {
  test.each([
    ['a bound is for each value of the data', ': w is bounded', CENTRED],
    ['and for values within domains', ': w is bounded', 'let w = exp(s)'],
    ['a limit from a side that has no values', ': w tends to 0 as r -> 0', 'let w = if r > 0 then r else 5'],
    ['a jump between the only two values', ': w is continuous in two', 'let w = if two > 0 then 1 else 0'],
    ['a limit where there are no values', ': w tends to 0 as two -> 0.5', 'let w = two'],
    ['growth where there are no values', ': w is bounded in far', 'let w = far'],
    [
      'a jump where no hypothesis holds',
      'for s != 0 : w is continuous in s',
      'let w = if s > 0 then 1 else 0',
    ],
    ['a dead zone without an inside', ': w is nowhere zero in reward', 'let w = reward * (1 - reward)'],
  ])('%s', (_, claim, lets) => {
    const all = `let r = exp(s)\n  let two = if s > 0 then 1 else -1\n  let far = 10000000000 * sigmoid(s)\n  ${lets}`;
    expect(refuted(claim, all, CAPPED)?.witness.summary).toBeUndefined();
  });

  test.each([
    ['the own output moves what is unbounded', ': w is bounded', CENTRED, ''],
    ['and from above where values are there', ': w tends to 1 as r -> 0', 'let w = exp(s)', ''],
    ['up to the end of a domain', ': w tends to 0 as logp -> 0', 'let w = exp(logp)', CAPPED],
  ])('%s', (_, claim, lets, domain) => {
    const found = refuted(claim, `let r = exp(s)\n  ${lets}`, domain);
    expect(found?.witness.summary).toMatch(/\S/);
  });
});

describe('what a witness says', () => {
  const witness = (text: string, lets = ''): Witness | undefined => refuted(text, lets)?.witness;

  test('two values of what is varied, in the plainest numbers', () => {
    expect(witness(': w is nonincreasing in s', 'let w = exp(s)')?.summary).toBe(
      's = -1 gives w = 0.3679 and s = 0 gives 1',
    );
  });

  test('nothing is log-probable that cannot be: a value above 0 is the last resort', () => {
    expect(witness(': logp <= 0')?.logProbabilities).toBe(false);
  });

  test('what a bound, a limit or a jump is instead, with the statement that shows it', () => {
    const bounded = refuted(': w is bounded', 'let w = exp(s)');
    expect(bounded?.witness.instead).toBe('w tends to inf as logp -> inf');
    expect(bounded?.obligations.map(({ kind, what }) => [kind, what])).toEqual([['tends', 'unbounded']]);
    expect(witness(': w tends to 0 as s -> inf', 'let w = sigmoid(s)')?.instead).toBe(
      'w tends to 1 as s -> inf',
    );
    const jump = refuted(': w is continuous in s', 'let w = if exp(s) > 1 + eps then 0 else 1');
    expect(jump?.witness.instead).toBe('w jumps from 1 to 0 at s = log(1.2)');
    expect(jump?.obligations.map(({ what }) => what)).toEqual(['from below', 'from above']);
  });

  test('growth by three values, each beyond the one before', () => {
    const found = witness(': w is bounded', 'let w = exp(logp - advantage)');
    const values = found?.points.map(({ variable }) => variable?.value ?? NaN) ?? [];
    expect(values).toHaveLength(3);
    expect(new Set(values).size).toBe(3);
  });

  test('what is varied is set over its own value where no input moves it alone', () => {
    const moved = refuted(
      ': w is nonincreasing in s',
      'let w = exp(s) * (if logp + old_logp < 1 then 1 else 2)',
    );
    expect(moved?.witness.overridden).toBe(true);
    expect(refuted(': w is nonincreasing in s', 'let w = exp(s)')?.witness.overridden).toBeUndefined();
  });

  test('same claim, same witness', () => {
    const twice = [0, 1].map(() => JSON.stringify(witness(': w is convex in s', 'let w = tanh(s)')));
    expect(twice[0]).toBe(twice[1]);
  });

  test('nothing is found with no work to spend', () => {
    const { program, claim } = claimOf(': s <= 4', '');
    expect(refute(program, claim, budgetOf(10))).toBeUndefined();
  });
});

describe('values that are missing', () => {
  const missing = (text: string, lets = ''): string | undefined => {
    const { program, claim } = claimOf(text, lets);
    return undefinedAt(program, claim, budgetOf(STEPS))?.witness.summary;
  };

  test('a division by 0 and the logarithm of 0 are found', () => {
    expect(missing(': w >= 0', 'let w = 1 / (s * s)')).toMatch(/w has no value$/);
    expect(missing(': w >= 0', 'let w = abs(log(abs(s)))')).toMatch(/w has no value$/);
  });

  test('one that a selection does not read is none, and neither is an overflow', () => {
    expect(missing(': w >= 0', 'let w = if s != 0 then 1 / (s * s) else 0')).toBeUndefined();
    expect(missing(': w >= 0', 'let w = exp(exp(exp(s)))')).toBeUndefined();
  });
});

describe('examples', () => {
  const example = (text: string, lets = '') => {
    const { program, claim } = claimOf(text, lets);
    return exampleOf(program, claim, budgetOf(STEPS));
  };

  test('hypotheses that something satisfies have one', () => {
    expect(example('for reward == 1 and advantage > 0 : w >= 0', 'let w = s')?.batch).toHaveProperty('logp');
    expect(example('assuming all[token](s == 0) : w is constant in advantage', 'let w = s')).toBeDefined();
  });

  test('hypotheses that nothing satisfies, or that leave one value to compare, have none', () => {
    expect(example('for reward == 2 : s <= 0')).toBeUndefined();
    expect(example('assuming s == 0 : w is constant in s', 'let w = s')).toBeUndefined();
  });

  test('claims with the same hypotheses share one where all has a value, and have others where it has none', () => {
    const lets = 'let far = log(abs(s) - 3)';
    const { program } = claimOf('for reward == 1 : s <= 0\n  verify for reward == 1 : far >= 0', lets);
    const [first, second] = [0, 1].map((at) => {
      const claim = program.claims[at] ?? expect.fail('no claim');
      return exampleOf(program, claim, budgetOf(STEPS)) ?? expect.fail('no example');
    });
    const apart = ({ batch }: NonNullable<typeof first>): number => {
      const [[logp = NaN] = [], [old = NaN] = []] = [batch['logp'], batch['old_logp']].map(
        (rows) => (rows as readonly (readonly number[])[])[0] ?? [],
      );
      return Math.abs(logp - old);
    };
    expect(first && apart(first)).toBeLessThan(3);
    expect(second && apart(second)).toBeGreaterThan(3);
    const alone = claimOf('for reward == 1 : far >= 0', lets);
    expect(second).toEqual(exampleOf(alone.program, alone.claim, budgetOf(STEPS)));
  });
});
