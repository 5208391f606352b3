/** Which names a term mentions, and terms in which one of them is replaced. */
import { type Condition, type Term } from './term.js';

/** Variables and flags, each once; of what a part is made of, they are known. */
export function namesIn(part: Term | Condition): ReadonlySet<string> {
  const known = memory.get(part);
  if (known !== undefined) return known;
  const names = part.op === 'variable' || part.op === 'flag' ? new Set([part.name]) : united(operands(part));
  memory.set(part, names);
  return names;
}
/** Terms do not change, and neither do their names. */
const memory = new WeakMap<Term | Condition, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** The largest of the sets itself where it holds the others. */
function united(parts: readonly (Term | Condition)[]): ReadonlySet<string> {
  const all = parts.map(namesIn);
  const largest = all.reduce((best, one) => (one.size > best.size ? one : best), NONE);
  const more = all.flatMap((one) => (one === largest ? [] : [...one].filter((name) => !largest.has(name))));
  return more.length === 0 ? largest : new Set([...largest, ...more]);
}

function operands(one: Term | Condition): readonly (Term | Condition)[] {
  switch (one.op) {
    case 'number':
    case 'pi':
    case 'boolean':
    case 'variable':
    case 'flag':
      return [];
    case 'sum':
    case 'product':
    case 'and':
    case 'or':
      return one.of;
    case 'power':
      return [one.base];
    case 'select':
      return [one.if, one.then, one.else];
    default:
      return [one.x];
  }
}

export const mentions = (term: Term | Condition, name: string): boolean => namesIn(term).has(name);

/** The term with a variable replaced; names of flags stay. */
export function substituted(term: Term, name: string, by: Term): Term {
  const of = (one: Term): Term => substituted(one, name, by);
  switch (term.op) {
    case 'number':
    case 'pi':
      return term;
    case 'variable':
      return term.name === name ? by : term;
    case 'sum':
    case 'product':
      return { ...term, of: term.of.map(of) };
    case 'power':
      return { ...term, base: of(term.base) };
    case 'exp':
    case 'log':
      return { ...term, x: of(term.x) };
    case 'select':
      return { op: 'select', if: substitutedIn(term.if, name, by), then: of(term.then), else: of(term.else) };
  }
}

export function substitutedIn(condition: Condition, name: string, by: Term): Condition {
  switch (condition.op) {
    case 'boolean':
    case 'flag':
      return condition;
    case 'not':
      return { op: 'not', x: substitutedIn(condition.x, name, by) };
    case 'and':
    case 'or':
      return { ...condition, of: condition.of.map((one) => substitutedIn(one, name, by)) };
    default:
      return { op: condition.op, x: substituted(condition.x, name, by) };
  }
}

/** Terms and conditions in which every name, of variables and flags, is another. */
export interface Renaming {
  readonly name: (name: string) => string;
  readonly term: (term: Term) => Term;
  readonly condition: (condition: Condition) => Condition;
}
export function renaming(name: (name: string) => string): Renaming {
  const term = (one: Term): Term => {
    switch (one.op) {
      case 'number':
      case 'pi':
        return one;
      case 'variable':
        return { ...one, name: name(one.name) };
      case 'sum':
      case 'product':
        return { ...one, of: one.of.map(term) };
      case 'power':
        return { ...one, base: term(one.base) };
      case 'exp':
      case 'log':
        return { ...one, x: term(one.x) };
      case 'select':
        return { op: 'select', if: condition(one.if), then: term(one.then), else: term(one.else) };
    }
  };
  const condition = (one: Condition): Condition => {
    switch (one.op) {
      case 'boolean':
        return one;
      case 'flag':
        return { op: 'flag', name: name(one.name) };
      case 'not':
        return { op: 'not', x: condition(one.x) };
      case 'and':
      case 'or':
        return { ...one, of: one.of.map(condition) };
      default:
        return { op: one.op, x: term(one.x) };
    }
  };
  return { name, term, condition };
}
