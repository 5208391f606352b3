/** The names that a program gives its values, as the values are in code. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Called } from '../../plan/prepared.js';
import { simplify } from '../../simplify/simplify.js';

export function calledIn({ lets }: DerivedProgram): readonly Called[] {
  const values = simplify(
    lets.map(({ value }) => value),
    'float',
  );
  return lets.map(({ name, value }, at) => ({ name, value: values[at] ?? value }));
}
