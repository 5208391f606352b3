/**
 * What a view has named so far: variables with what is known of each, index sets seen from an element, families in them and
 * the rests that stand for reductions over them. Equal things get one name.
 */
import * as build from '../../proof/build.js';
import type { Expr } from '../../ir/expr.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import { keyOf } from '../../proof/key.js';
import { expansionFor, type Expansion } from './expansion.js';
import { mentions } from './names.js';
import type { Place, Prefix } from './place.js';

/** The elements of an index set other than the one that it is seen from. */
export interface MemberSet {
  /** Also the name of the family of all members. */
  readonly name: string;
  /** Of the names of what is read at a generic member. */
  readonly prefix: Prefix;
  readonly from: 'token' | 'rollout' | 'group' | 'peer';
  readonly to: 'rollout' | 'group' | 'batch';
  /** Where a generic member is. */
  readonly place: Place;
  readonly ownInside: boolean;
  /** Whether some member may be the claim's own element, so that what depends on x must not be taken as fixed. */
  readonly mayHoldOwn: boolean;
  /** The set of which a member is what this one is seen from. */
  readonly parent?: MemberSet;
}
/** The members for which a condition holds. */
export interface Part {
  readonly name: string;
  readonly set: MemberSet;
  readonly where: Condition;
  readonly copy?: number;
}
export interface PartRest {
  readonly name: string;
  readonly part: Part;
  readonly reduce: 'sum' | 'max' | 'min';
  readonly body: Term;
}
/** A value that a view only names. */
export interface Unknown {
  readonly node: Expr;
  readonly place: Place;
  readonly copy: number;
}
interface Declared {
  readonly variable: Variable;
  readonly kind: 'real' | 'flag';
  readonly prefix: Prefix;
  readonly facts: readonly Condition[];
  readonly isMoving: boolean;
}

export interface Session {
  readonly expansion: Expansion;
  /** Says that a term is positive wherever it is defined. */
  readonly positive: (term: Term) => void;
  readonly declare: (
    name: string,
    about: Partial<Omit<Declared, 'variable'>> & { readonly integer?: boolean },
  ) => void;
  readonly has: (name: string) => boolean;
  readonly setOf: (key: string, make: (name: string) => Omit<MemberSet, 'name' | 'prefix'>) => MemberSet;
  readonly partOf: (set: MemberSet, where: Condition, copy?: number) => Part;
  readonly countOf: (part: Part) => Term;
  readonly restOf: (part: Part, reduce: PartRest['reduce'], body: Term) => Term;
  /** What was read under a key is not read in another way later on, when more parts are there. */
  readonly once: (key: string, read: () => Term) => Term;
  /** A name for something of which no more is known, the same for the same key. */
  readonly nameFor: (key: string, stem: string) => string;
  /** What such a name stands for. */
  readonly standsFor: (name: string, unknown: Unknown) => void;
  readonly unknowns: () => ReadonlyMap<string, Unknown>;
  readonly isMoving: (one: Term | Condition) => boolean;
  readonly home: (prefix: Prefix) => Place | undefined;
  readonly setAt: (prefix: Prefix) => MemberSet | undefined;
  readonly declared: () => readonly Declared[];
  readonly sets: () => readonly MemberSet[];
  readonly parts: () => readonly Part[];
  readonly rests: () => readonly PartRest[];
}

export const isMemberOf = ({ prefix }: MemberSet, one: Term | Condition): boolean =>
  mentions(one, (name) => name.startsWith(prefix));

export const conjunctsOf = (condition: Condition): readonly Condition[] =>
  condition.op === 'and' ? condition.all : [condition];

/** No set gets a name of `taken`: copies of a varied `f1` are `f1.1`, which no member of a set is called. */
export function session(taken: string): Session {
  const positives = new Set<string>();
  const nonzero = new Set<string>();
  const expansion = expansionFor(
    (key) => positives.has(key),
    (key) => nonzero.has(key),
  );
  const declared = new Map<string, Declared>();
  const sets = new Map<string, MemberSet>();
  const byPrefix = new Map<Prefix, MemberSet>();
  const parts = new Map<string, Part>();
  const rests = new Map<string, PartRest>();
  const read = new Map<string, Term>();
  const names = new Map<string, string>();
  const unknowns = new Map<string, Unknown>();
  const counters = new Map<string, number>();

  const next = (stem: string): number => {
    const count = (counters.get(stem) ?? 0) + 1;
    counters.set(stem, count);
    return count;
  };
  const isMoving = (one: Term | Condition): boolean =>
    mentions(one, (name) => declared.get(name)?.isMoving === true);

  const declare: Session['declare'] = (
    name,
    { kind = 'real', prefix = '', facts = [], isMoving: moves = false, integer = false },
  ) => {
    if (declared.has(name)) return;
    declared.set(name, {
      variable: { name, ...(integer && { integer: true as const }) },
      kind,
      prefix,
      facts,
      isMoving: moves,
    });
  };

  const setOf: Session['setOf'] = (key, make) => {
    const known = sets.get(key);
    if (known !== undefined) return known;
    const draft = make('');
    const stem = draft.parent === undefined ? 'f' : `${draft.parent.prefix}f`;
    const first = `${stem}${String(next(stem))}`;
    const name = first === taken ? `${stem}${String(next(stem))}` : first;
    const set: MemberSet = { ...make(`${name}.`), name, prefix: `${name}.` };
    sets.set(key, set);
    byPrefix.set(set.prefix, set);
    return set;
  };

  const partOf: Session['partOf'] = (set, where, copy) => {
    const canonical = expansion.canonicalCondition(where);
    const isMovingPart = copy !== undefined || isMoving(canonical);
    const key = `${set.name}|${keyOf(canonical)}|${String(copy ?? '')}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const isAll = canonical.op === 'boolean' && canonical.value && copy === undefined;
    const name = isAll ? set.name : `${set.name}:${String(next(`${set.name}:`))}`;
    const part: Part = { name, set, where: canonical, ...(copy !== undefined && { copy }) };
    parts.set(key, part);
    if (isAll && !set.ownInside && set.from !== 'peer') nonzero.add(keyOf(build.variable(`${name}:count`)));
    declare(`${name}:count`, { integer: true, prefix: set.parent?.prefix ?? '', isMoving: isMovingPart });
    return part;
  };

  const restOf: Session['restOf'] = (part, reduce, body) => {
    const key = `${part.name}|${reduce}|${keyOf(body)}`;
    const known = rests.get(key);
    if (known !== undefined) return build.variable(known.name);
    const name = `${part.name}:${reduce}${String(next(`${part.name}:${reduce}`))}`;
    rests.set(key, { name, part, reduce, body });
    declare(name, {
      prefix: part.set.parent?.prefix ?? '',
      isMoving: part.copy !== undefined || isMoving(body) || isMoving(part.where),
    });
    return build.variable(name);
  };

  return {
    expansion,
    positive: (term) => positives.add(keyOf(expansion.canonical(term))),
    declare,
    has: (name) => declared.has(name),
    setOf,
    partOf,
    countOf: ({ name }) => build.variable(`${name}:count`),
    restOf,
    once: (key, make) => {
      const term = read.get(key) ?? make();
      read.set(key, term);
      return term;
    },
    nameFor: (key, stem) => {
      const name = names.get(key) ?? `${stem}:${String(next(`${stem}:`))}`;
      names.set(key, name);
      return name;
    },
    standsFor: (name, unknown) => unknowns.set(name, unknown),
    unknowns: () => unknowns,
    isMoving,
    home: (prefix) => byPrefix.get(prefix)?.place,
    setAt: (prefix) => byPrefix.get(prefix),
    declared: () => [...declared.values()],
    sets: () => [...sets.values()],
    parts: () => [...parts.values()],
    rests: () => [...rests.values()],
  };
}
