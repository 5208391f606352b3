/**
 * Normal forms in one context, each computed once. A context that grows out of another takes over what its new facts cannot
 * touch: facts are looked up by keys, which are made of names in the term at hand only, so a fact whose key has a name that the
 * term does not mention is never asked for.
 */
import { conditionKey, normalForm, structureSigns, truthOf, type Normalizer } from './normal.js';
import type { Polynomial } from './polynomial.js';
import { matchOf, signsOf, NO_FACTS, type Facts, type Match, type Signs } from './signs.js';
import type { Condition, Term } from './term.js';
import { namesIn } from './variables.js';

/** The names in what became known: of a flag its own, of a sign those in its key. */
export type Change = readonly string[];
/** Names are written in keys as JSON strings, and nothing else is. */
export const namesInKey = (key: string): Change =>
  (key.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((name) => String(JSON.parse(name)));

interface Memory {
  readonly forms: Map<Term, Polynomial>;
  readonly signs: Map<Term, Signs>;
  readonly matches: Map<Term, Match>;
  readonly truths: Map<Condition, boolean | 'open'>;
  readonly keys: Map<Condition, string>;
}
interface Level {
  readonly normal: Normalizer;
  readonly memory: Memory;
  readonly changes: readonly Change[];
  readonly parent?: Level;
}
const levels = new WeakMap<Normalizer, Level>();

export const emptyNormalizer = (): Normalizer => level(NO_FACTS, [], undefined);

/** With facts that say more: where they differ is told by the changes. */
export const grownNormalizer = (from: Normalizer, facts: Facts, changes: readonly Change[]): Normalizer =>
  level(facts, changes, levels.get(from));

function level(facts: Facts, changes: readonly Change[], parent: Level | undefined): Normalizer {
  const memory: Memory = {
    forms: new Map(),
    signs: new Map(),
    matches: new Map(),
    truths: new Map(),
    keys: new Map(),
  };
  const normal: Normalizer = {
    facts,
    of: (term) => look(self, FORMS, term),
    signsOf: (term) => look(self, SIGNS, term),
    matchOf: (term) => look(self, MATCHES, term),
    truthOf: (condition) => {
      const truth = look(self, TRUTHS, condition);
      return truth === 'open' ? undefined : truth;
    },
    keyOf: (condition) => look(self, KEYS, condition),
  };
  const self: Level = { normal, memory, changes, ...(parent !== undefined && { parent }) };
  levels.set(normal, self);
  return normal;
}

interface Kind<Part, Value> {
  readonly kept: (memory: Memory) => Map<Part, Value>;
  readonly compute: (part: Part, normal: Normalizer) => Value;
}
const FORMS: Kind<Term, Polynomial> = { kept: ({ forms }) => forms, compute: normalForm };
const SIGNS: Kind<Term, Signs> = {
  kept: ({ signs }) => signs,
  compute: (term, normal) => signsOf(normal.of(term), normal.facts) & structureSigns(term, normal),
};
const MATCHES: Kind<Term, Match> = {
  kept: ({ matches }) => matches,
  compute: (term, normal) => matchOf(normal.of(term), normal.facts),
};
const TRUTHS: Kind<Condition, boolean | 'open'> = {
  kept: ({ truths }) => truths,
  compute: (condition, normal) => truthOf(condition, normal) ?? 'open',
};
const KEYS: Kind<Condition, string> = { kept: ({ keys }) => keys, compute: conditionKey };

/** Found here or where nothing that differs can enter; what is not found is computed with the fewest facts that do. */
function look<Part extends Term | Condition, Value>(from: Level, kind: Kind<Part, Value>, part: Part): Value {
  const own = kind.kept(from.memory);
  const known = own.get(part);
  if (known !== undefined) return known;
  let at = from;
  let found: Value | undefined;
  while (found === undefined && at.parent !== undefined && !isTouched(part, at.changes)) {
    at = at.parent;
    found = kind.kept(at.memory).get(part);
  }
  const value = found ?? kind.compute(part, at.normal);
  kind.kept(at.memory).set(part, value);
  own.set(part, value);
  return value;
}
/** Whether changes can enter what is known of a part. */
export function isTouched(part: Term | Condition, changes: readonly Change[]): boolean {
  if (changes.length === 0) return false;
  const names = namesIn(part);
  return changes.some((change) => change.every((name) => names.has(name)));
}
