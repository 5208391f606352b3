/** Terms and conditions compared by what they are, not by which object they are. */
import { rationalText } from './rational.js';
import type { Condition, Term } from './term.js';

const keys = new WeakMap<Term | Condition, string>();

/** The text of its JSON: equal keys, the same term as it is written. What it is made of is written once. */
export function keyOf(part: Term | Condition): string {
  const known = keys.get(part);
  if (known !== undefined) return known;
  const key = written(part);
  keys.set(part, key);
  return key;
}

function written(part: Term | Condition): string {
  switch (part.op) {
    case 'number':
      return `"${rationalText(part.value)}"`;
    case 'pi':
      return '["pi"]';
    case 'variable':
      return `["var",${JSON.stringify(part.name)}]`;
    case 'flag':
      return `["flag",${JSON.stringify(part.name)}]`;
    case 'boolean':
      return String(part.value);
    case 'sum':
      return listed('+', part.terms);
    case 'product':
      return listed('*', part.factors);
    case 'and':
      return listed('and', part.all);
    case 'or':
      return listed('or', part.any);
    case 'power':
      return `["^",${keyOf(part.base)},"${rationalText(part.exponent)}"]`;
    case 'select':
      return listed('if', [part.if, part.then, part.else]);
    default:
      return `["${part.op}",${keyOf(part.x)}]`;
  }
}
function listed(op: string, parts: readonly (Term | Condition)[]): string {
  let text = `["${op}"`;
  for (const one of parts) text += `,${keyOf(one)}`;
  return `${text}]`;
}
