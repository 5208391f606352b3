/** What terms and conditions are made of. */
import { isLiteral } from '../../proof/build.js';
import type { Condition, Literal, Term } from '../../proof/term.js';

export type Part = Term | Condition;
export type Select = Extract<Term, { readonly op: 'select' }>;

/** Operands in order: a selection's condition, then its branches. */
export function partsOf(part: Part): readonly Part[] {
  switch (part.op) {
    case 'sum':
      return part.terms;
    case 'product':
      return part.factors;
    case 'power':
      return [part.base];
    case 'exp':
    case 'log':
    case 'not':
    case '>=':
    case '>':
    case '==':
    case '!=':
      return [part.x];
    case 'select':
      return [part.if, part.then, part.else];
    case 'and':
      return part.all;
    case 'or':
      return part.any;
    case 'number':
    case 'pi':
    case 'variable':
    case 'boolean':
    case 'flag':
      return [];
  }
}

/** Every distinct part, operands before what they are in. */
export function subparts(...roots: readonly Part[]): readonly Part[] {
  const seen = new Set<Part>();
  const visit = (part: Part): void => {
    if (seen.has(part)) return;
    partsOf(part).forEach(visit);
    seen.add(part);
  };
  roots.forEach(visit);
  return [...seen];
}

const names = new WeakMap<Part, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** Names of variables. */
export function variablesOf(part: Part): ReadonlySet<string> {
  const known = names.get(part);
  if (known !== undefined) return known;
  const found = part.op === 'variable' ? new Set([part.name]) : union(partsOf(part).map(variablesOf));
  names.set(part, found);
  return found;
}
function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = NONE, ...rest] = sets;
  if (rest.every((set) => set === first || set.size === 0)) return first;
  return new Set(sets.flatMap((set) => [...set]));
}
export const mentions = (part: Part, name: string): boolean => variablesOf(part).has(name);

const selecting = new WeakMap<Part, boolean>();
/** Whether a selection is in it. */
export function hasSelect(part: Part): boolean {
  const known = selecting.get(part);
  if (known !== undefined) return known;
  const found = part.op === 'select' || partsOf(part).some(hasSelect);
  selecting.set(part, found);
  return found;
}

/** The literals that a condition is made of, in order. */
export function literalsOf(condition: Condition): readonly Literal[] {
  if (isLiteral(condition)) return [condition];
  if (condition.op === 'and') return condition.all.flatMap(literalsOf);
  if (condition.op === 'or') return condition.any.flatMap(literalsOf);
  return condition.op === 'not' ? literalsOf(condition.x) : [];
}

const sizes = new WeakMap<Part, number>();
/** How many parts, counted as a tree. */
export function sizeOf(part: Part): number {
  const known = sizes.get(part);
  if (known !== undefined) return known;
  const size = partsOf(part).reduce((total, one) => total + sizeOf(one), 1);
  sizes.set(part, size);
  return size;
}
