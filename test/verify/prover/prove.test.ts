/** Sequents in, outcomes out: true ones are proved, and no false one ever is. */
import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../src/verify/budget.js';
import { contextOf } from '../../../src/verify/prover/context.js';
import { prove } from '../../../src/verify/prover/prove.js';
import { closes } from '../../../src/verify/prover/replay.js';
import * as build from '../../../src/proof/build.js';
import { FAMILIES } from './sequents.js';
import { sequentOf } from './text.js';

const STEPS = 2_000_000;

describe.each(Object.entries(FAMILIES))('%s', (_family, cases) => {
  test.each(cases)('$name: $true', ({ true: text }) => {
    const sequent = sequentOf(text);
    const outcome = prove(sequent, budgetOf(STEPS));
    expect(outcome).toHaveProperty('proof');
    if (!('proof' in outcome)) return;
    expect(closes(contextOf([...sequent.given, build.not(sequent.goal)]), outcome.proof)).toBe(true);
  });

  const wrong = cases.flatMap((one) => one.false ?? []);
  test.each(wrong)('not %s', (text) => {
    expect(prove(sequentOf(text), budgetOf(STEPS))).not.toHaveProperty('proof');
  });
});
