/** The names that terms and conditions mention. */
import type { Condition, Term } from '../../proof/term.js';

const known = new WeakMap<Term | Condition, ReadonlySet<string>>();

/** Every variable and flag. */
export function namesIn(one: Term | Condition): ReadonlySet<string> {
  const names = known.get(one) ?? gathered(one);
  known.set(one, names);
  return names;
}

/** What is shared is visited once. */
function gathered(one: Term | Condition): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Term | Condition>();
  const stack: (Term | Condition)[] = [one];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.op === 'variable' || part.op === 'flag') names.add(part.name);
    else stack.push(...partsOf(part));
  }
  return names;
}

export function mentions(one: Term | Condition, is: (name: string) => boolean): boolean {
  for (const name of namesIn(one)) if (is(name)) return true;
  return false;
}

function partsOf(part: Term | Condition): readonly (Term | Condition)[] {
  switch (part.op) {
    case 'number':
    case 'pi':
    case 'variable':
    case 'boolean':
    case 'flag':
      return [];
    case 'sum':
      return part.terms;
    case 'product':
      return part.factors;
    case 'power':
      return [part.base];
    case 'select':
      return [part.if, part.then, part.else];
    case 'and':
      return part.all;
    case 'or':
      return part.any;
    default:
      return [part.x];
  }
}
