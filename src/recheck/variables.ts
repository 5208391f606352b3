/** Which names a term mentions, and terms in which one of them is replaced. */
import { type Condition, type Term } from './term.js';

export function* namesIn(term: Term | Condition): Generator<string, void, undefined> {
  switch (term.op) {
    case 'number':
    case 'pi':
    case 'boolean':
      return;
    case 'variable':
    case 'flag':
      yield term.name;
      return;
    case 'sum':
    case 'product':
    case 'and':
    case 'or':
      for (const one of term.of) yield* namesIn(one);
      return;
    case 'power':
      yield* namesIn(term.base);
      return;
    case 'select':
      yield* namesIn(term.if);
      yield* namesIn(term.then);
      yield* namesIn(term.else);
      return;
    default:
      yield* namesIn(term.x);
  }
}

export function mentions(term: Term | Condition, name: string): boolean {
  for (const one of namesIn(term)) if (one === name) return true;
  return false;
}

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
