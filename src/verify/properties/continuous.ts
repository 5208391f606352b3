/** Continuous in x: at every kink the branches agree. All that is no selection is continuous where it is defined. */
import { joined } from './joints.js';
import { fixing, type Property, nameOf } from './property.js';

export const continuous: Property<'continuous'> = {
  kind: 'continuous',
  ways: [
    {
      copies: 1,
      show: ({ of }, viewed, budget) => {
        const term = viewed.read(of);
        const variable = nameOf(viewed);
        const fixed = fixing(viewed, term);
        if ('trouble' in fixed) return fixed;
        const { given } = fixed;
        const proofs = joined(term, { variables: viewed.variables, given }, variable, budget);
        if ('trouble' in proofs) return proofs;
        const obligation = {
          kind: 'continuous',
          what: 'claim',
          given,
          term,
          variable,
          ...proofs,
        } as const;
        return { shown: { obligations: [obligation] } };
      },
    },
  ],
};
