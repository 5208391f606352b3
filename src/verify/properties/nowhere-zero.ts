/** Nowhere zero in x: on an interval where a value vanishes, its derivative does too; nowhere do both. */
import * as b from '../../proof/build.js';
import { derivative } from '../prover/derivative.js';
import { prove } from '../prover/prove.js';
import { fixing, troubleOf, type Property, nameOf } from './property.js';

export const nowhereZero: Property<'nowhere zero'> = {
  kind: 'nowhere zero',
  ways: [
    {
      copies: 1,
      show: ({ of }, viewed, budget) => {
        const term = viewed.read(of);
        const variable = nameOf(viewed);
        const fixed = fixing(viewed, term);
        if ('trouble' in fixed) return fixed;
        const [{ variables }, { given }] = [viewed, fixed];
        const slope = derivative(term, variable);
        const goal = b.or(b.literal('!=', term), b.literal('!=', slope));
        const outcome = prove({ variables, given, goal }, budget);
        if ('stuck' in outcome) return { trouble: troubleOf(outcome.stuck) };
        const proof = { rule: 'analytic', by: outcome.proof } as const;
        const obligation = { kind: 'nowhere zero', what: 'claim', given, term, variable, proof } as const;
        return { shown: { obligations: [obligation] } };
      },
    },
  ],
};
