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

/** What is found of a part once: parts do not change, so that it holds wherever they are met. */
interface Facts {
  readonly variables: ReadonlySet<string>;
  readonly hasSelect: boolean;
  /** How many parts, counted as a tree. */
  readonly size: number;
}
// One table for all of them: what is weakly held is dear to the collector, entry by entry.
const known = new WeakMap<Part, Facts>();

function factsOf(part: Part): Facts {
  const before = known.get(part);
  if (before !== undefined) return before;
  const facts = found(part);
  known.set(part, facts);
  return facts;
}

const NONE: ReadonlySet<string> = new Set();
const LEAF: Facts = { variables: NONE, hasSelect: false, size: 1 };

function found(part: Part): Facts {
  if (part.op === 'variable') return { ...LEAF, variables: new Set([part.name]) };
  const parts = partsOf(part);
  if (parts.length === 0) return LEAF;
  const inside = parts.map(factsOf);
  return {
    variables: union(inside.map(({ variables }) => variables)),
    hasSelect: part.op === 'select' || inside.some((one) => one.hasSelect),
    size: inside.reduce((total, { size }) => total + size, 1),
  };
}

/** Names of variables. */
export const variablesOf = (part: Part): ReadonlySet<string> => factsOf(part).variables;
function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = NONE, ...rest] = sets;
  if (rest.every((set) => set === first || set.size === 0)) return first;
  return new Set(sets.flatMap((set) => [...set]));
}
export const mentions = (part: Part, name: string): boolean => variablesOf(part).has(name);

/** Whether a selection is in it. */
export const hasSelect = (part: Part): boolean => factsOf(part).hasSelect;

/** The literals that a condition is made of, in order. */
export function literalsOf(condition: Condition): readonly Literal[] {
  if (isLiteral(condition)) return [condition];
  if (condition.op === 'and') return condition.all.flatMap(literalsOf);
  if (condition.op === 'or') return condition.any.flatMap(literalsOf);
  return condition.op === 'not' ? literalsOf(condition.x) : [];
}

/** How many parts, counted as a tree. */
export const sizeOf = (part: Part): number => factsOf(part).size;
