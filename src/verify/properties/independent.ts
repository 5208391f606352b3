/** Independent of y: no path from it, whatever values say. */
import type { Expr } from '../../ir/expr.js';
import { intern, operandsOf } from '../../ir/graph.js';
import * as b from '../../proof/build.js';
import type { Property } from './property.js';

export const independent: Property<'independent'> = {
  kind: 'independent',
  ways: [
    {
      copies: 1,
      show: ({ of, variable }) =>
        reads(of, variable)
          ? { trouble: { at: b.variable(nameOf(variable)), reason: 'there is a path from it' } }
          : { shown: { obligations: [] } },
    },
  ],
};

const nameOf = (variable: Expr): string => ('name' in variable ? variable.name : '');

/** Whether an expression reads a named value or an input. */
export function reads(expr: Expr, variable: Expr): boolean {
  const isIt = (one: Expr): boolean =>
    (one.op === 'named' || one.op === 'input') && one.op === variable.op && one.name === nameOf(variable);
  return intern([expr]).nodes.some(isIt) || operandsOf(expr).some(isIt);
}
