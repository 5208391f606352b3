/** Each rule of proof, through JSON in and an outcome out. */
import { describe, expect, test } from 'vitest';
import { checkSequent } from '../../src/recheck/sequent.js';
import { EXAMPLES } from './sequents.js';

describe('right derivations are accepted', () => {
  test.each(EXAMPLES)('$name', ({ sequent, derivation }) => {
    expect(checkSequent(sequent, derivation)).toEqual({ accepted: true });
  });
});
