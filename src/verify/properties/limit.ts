/** `e tends to f as x -> a`. */
import type { LimitValue } from '../../proof/derivation.js';
import { tends } from '../limits/limit.js';
import { beyondInputs, infinityOf, towardPoint } from './toward.js';
import { fixing, nameOf, notOneNumber, ofOneNumber, type Property } from './property.js';

export const limit: Property<'limit'> = {
  kind: 'limit',
  ways: [
    {
      copies: 1,
      show: (statement, viewed, budget) => {
        const term = viewed.read(statement.of);
        const variable = nameOf(viewed);
        const value: LimitValue = infinityOf(statement.limit) ?? viewed.read(statement.limit);
        const end = infinityOf(statement.point);
        const toward = end === undefined ? towardPoint(viewed.read(statement.point), viewed) : { at: end };
        const beyond = beyondInputs(toward, viewed, budget);
        if (beyond !== undefined) return { trouble: beyond };
        const fixed = fixing(viewed, term);
        if ('trouble' in fixed) return fixed;
        const isFar = !('side' in toward);
        const parts = isFar ? [term, ...viewed.hypotheses] : [toward.at];
        const several = notOneNumber(viewed, ...parts, ...(typeof value === 'string' ? [] : [value]));
        if (several !== undefined) return several;
        const given = isFar ? ofOneNumber(viewed, fixed.given) : fixed.given;
        const question = { variables: viewed.variables, given, term, variable, toward };
        const outcome = tends(question, value, budget);
        if ('stuck' in outcome) return { trouble: outcome.stuck };
        const { proof } = outcome;
        const obligation = {
          kind: 'tends',
          what: 'claim',
          given,
          term,
          variable,
          toward,
          value,
          proof,
        } as const;
        return { shown: { obligations: [obligation] } };
      },
    },
  ],
};
