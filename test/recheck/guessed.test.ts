/** A bound of what grows times what decays is a guess that was proved: nobody makes it smaller, or takes it for granted. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { DEFAULT_STEPS, verifyClaim } from '../../src/verify/verify.js';

const source = `objective bumped {
  model logp : token
  data shift : token
  let w = (logp + shift) * sigmoid(logp) * sigmoid(-logp)
  minimize mean[token in batch](logp)
  verify "bounded" : abs(w) is bounded
}
`;
const [unit] = analyze(source, 'bumped.obj').units;
const found = unit && verifyClaim(unit.program, 0, budgetOf(DEFAULT_STEPS)).certificate;
const text = JSON.stringify(found === undefined ? {} : certificateJson(found));
const outcome = (certificate: string): unknown =>
  recheck({ text: source, name: 'bumped.obj', certificate: JSON.parse(certificate) as unknown });
const REFUSED = { accepted: false };

/** The certificate with something else in the place of what `pick` finds, wherever that is. */
function changed(pick: (node: Readonly<Record<string, unknown>>) => unknown): string {
  let count = 0;
  const out = JSON.stringify(JSON.parse(text), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const instead = pick(value as Readonly<Record<string, unknown>>);
    if (instead === undefined) return value;
    count += 1;
    return instead;
  });
  expect(count).toBeGreaterThan(0);
  return out;
}

test('as it is', () => {
  expect(text).toContain('"23/100"');
  expect(outcome(text)).toEqual({ accepted: true });
});

describe('refused', () => {
  test.each([
    ['a smaller number everywhere', () => text.replaceAll('"23/100"', '"22/100"')],
    [
      'a smaller number in the bound alone',
      () => changed((one) => ('bound' in one ? { ...one, bound: '22/100' } : undefined)),
    ],
    [
      'a bound that moves with the model output',
      () => changed((one) => ('bound' in one ? { ...one, bound: ['exp', ['var', 'logp']] } : undefined)),
    ],
    [
      'facts that nobody shows',
      () =>
        changed(({ rule, by, ...one }) =>
          rule === 'have' && JSON.stringify(one['fact']).includes('23/100') && by !== undefined
            ? { rule, ...one, by: { rule: 'absurd' } }
            : undefined,
        ),
    ],
    [
      'one side alone',
      () =>
        changed((one) =>
          'obligations' in one
            ? { ...one, obligations: (one['obligations'] as readonly unknown[]).slice(1) }
            : undefined,
        ),
    ],
  ])('%s', (_, forged) => {
    expect(outcome(forged())).toMatchObject(REFUSED);
  });
});
