/**
 * Values at one element as terms (§3, reading): names are variables, reductions are the own part and rests of the view, found by
 * what they mean. Values of which nothing is known get a name per element, and per copy where what is varied enters them.
 */
import { emptyContext, extended, type Context } from '../context.js';
import { reject } from '../rejection.js';
import { fraction, sign } from '../rational.js';
import * as t from '../term.js';
import type { Condition, Term } from '../term.js';
import { domainConditions } from './domains.js';
import { identities } from './identities.js';
import { atOther, setsFor, type MemberSet, type Members, type Others, type Sets } from './members.js';
import type { Objective } from './objective.js';
import { OWN, deepest, elementAt, exchanged, keyOf, upTo, type Place, type Prefix } from './place.js';
import type { Varied } from './statement.js';
import { extremeOver, plainFacts, totalOver } from './totals.js';
import * as n from './tree.js';
import { isTruth, postOrder, type IndexSet, type Node, type Number_, type Truth } from './tree.js';
import type { View } from './view.js';

/** A value of which a name is all that is read. */
export interface Unknown {
  readonly node: Node;
  readonly place: Place;
  readonly copy: number;
}
export interface Reader {
  readonly objective: Objective;
  readonly view: View;
  readonly own: Place;
  readonly varied: Varied | undefined;
  readonly copies: number;
  readonly sets: Sets;
  readonly term: (node: Number_, place: Place, copy: number) => Term;
  readonly condition: (node: Truth, place: Place, copy: number) => Condition;
  /** The variable that a copy of the varied value is. */
  readonly variable: (copy: number) => Term;
  /** Names of what nothing is known of and what is varied enters. */
  readonly movingUnknowns: () => ReadonlySet<string>;
  /** Whether what is varied enters a value. */
  readonly moves: (node: Node) => boolean;
  readonly membersAt: (over: IndexSet, x: Node, place: Place, like?: Node) => Members;
  readonly isNonEmpty: (over: IndexSet, x: Node, place: Place, copy: number) => Condition;
  /** Domains at the element that a prefix stands for, and at all that hold it: what normal forms of bodies go by. */
  readonly domainsAt: (set: MemberSet | undefined) => Context;
  /** A name for a sum or an extreme that the view has no rest for, with what is known of it, and what it is made of. */
  readonly nameFor: (
    key: string,
    prefix: Prefix,
    of: readonly (Term | Condition)[],
    facts: (x: Term) => readonly Condition[],
  ) => Term;
  readonly undeclared: () => readonly t.Named[];
  /** Names of extremes over others, of whom there may be none: what is any number far enough inside then. */
  readonly extremes: () => ReadonlySet<string>;
  readonly unknowns: () => ReadonlyMap<string, Unknown>;
  /** What is known of sums of exponentials, by the prefix of the element at which they are. */
  readonly sums: () => readonly { readonly prefix: Prefix; readonly condition: Condition }[];
}

export function readerFor(
  objective: Objective,
  view: View,
  own: Place,
  varied: Varied | undefined,
  copies: number,
): Reader {
  const sets = setsFor(view, own);
  const terms = new Map<Node, Map<string, Term | Condition>>();
  const moving = new Map<Node, boolean>();
  const contexts = new Map<MemberSet | undefined, { readonly context: Context; readonly sums: number }>();
  const sums: { readonly prefix: Prefix; readonly condition: Condition }[] = [];
  const ownNames = new Map<string, t.Named>();
  const unknownNames = new Map<string, string>();
  const movingUnknowns = new Set<string>();
  const unknowns = new Map<string, Unknown>();
  const counters = new Map<string, number>();
  const identity = identities();

  const variableName = (copy: number): string =>
    copies > 1 ? `${varied?.name ?? ''}.${String(copy)}` : (varied?.name ?? '');

  function moves(root: Node): boolean {
    for (const node of postOrder(root)) {
      if (moving.has(node)) continue;
      moving.set(node, node === varied?.node || n.operands(node).some((one) => moving.get(one) === true));
    }
    return moving.get(root) === true;
  }

  function unknown(node: Node, key: string, place: Place, copy: number, stem: string): string {
    const there = node.level === 'peer' ? place : upTo(place, node.level);
    const prefix = deepest(there);
    const id = `${stem} ${key} ${keyOf(there)}`;
    const counter = `${prefix}:${stem}`;
    const found = unknownNames.get(id) ?? `${counter}:${String((counters.get(counter) ?? 0) + 1)}`;
    if (!unknownNames.has(id)) counters.set(counter, (counters.get(counter) ?? 0) + 1);
    unknownNames.set(id, found);
    const name = moves(node) ? `${found}@${String(copy)}` : found;
    if (moves(node)) movingUnknowns.add(name);
    unknowns.set(name, { node, place: there, copy });
    return name;
  }

  function remembered<Kind extends Term | Condition>(
    node: Node,
    place: Place,
    copy: number,
    make: () => Kind,
  ): Kind {
    const key = `${keyOf(place)} ${String(moves(node) ? copy : 1)}`;
    const memory = terms.get(node) ?? new Map<string, Term | Condition>();
    terms.set(node, memory);
    const found = (memory.get(key) as Kind | undefined) ?? make();
    memory.set(key, found);
    return found;
  }

  const nameAt = (name: string, place: Place, level: Number_['level'], copy: number): string => {
    const prefix = elementAt(place, level);
    return prefix === OWN && name === varied?.name ? variableName(copy) : `${prefix}${name}`;
  };
  const isTaken = (name: string): boolean => view.opaque.has(name) || name === varied?.name;

  const term = (node: Number_, place: Place, copy: number): Term =>
    remembered(node, place, copy, () => termOnce(node, place, copy));
  const condition = (node: Truth, place: Place, copy: number): Condition =>
    remembered(node, place, copy, () => conditionOnce(node, place, copy));

  function termOnce(node: Number_, place: Place, copy: number): Term {
    const at = (one: Number_): Term => term(one, place, copy);
    switch (node.op) {
      case 'number':
        return t.number(node.value);
      case 'pi':
        return t.pi;
      case 'infinity':
        return reject('claim', 'an infinity is read as a value');
      case 'input':
        return t.variable(nameAt(node.name, place, node.level, copy));
      case 'let':
        if (!isTaken(node.name)) return at(node.x);
        if (node !== varied?.node && moves(node))
          reject('view.opaque', `${node.name} changes with what the claim varies`);
        return t.variable(nameAt(node.name, place, node.level, copy));
      case 'stop':
        return at(node.x);
      case 'sum':
        return t.sum(...node.of.map(at));
      case 'product':
        return t.product(...node.of.map(at));
      case 'inverse':
        return t.power(at(node.x), -1);
      case 'root':
        return t.power(at(node.x), fraction(1n, 2n));
      case 'exp':
        return t.exp(at(node.x));
      case 'log':
        return t.log(at(node.x));
      case 'select': {
        const inside = n.absoluteOf(node);
        if (inside !== undefined) return t.absolute(at(inside));
        const chosen = condition(node.if, place, copy);
        if (chosen.op === 'boolean') return at(chosen.value ? node.then : node.else);
        return t.select(chosen, at(node.then), at(node.else));
      }
      case 'total':
        return total(node, place, copy);
      case 'extreme':
        return extreme(node, place, copy);
      case 'quantile':
        return t.variable(unknown(node, String(identity(node)), place, copy, 'quantile'));
      case 'swap':
        return term(node.x, exchanged(place), copy);
      case 'scan':
        return t.sum(at(node.x), t.variable(unknown(node, String(identity(node)), place, copy, 'scan')));
      case 'shift': {
        if (node.by === 0) return at(node.x);
        const there =
          node.x.level === 'token'
            ? t.variable(unknown(node, String(identity(node)), place, copy, 'shift'))
            : at(node.x);
        return t.select(hasToken(node, node.by, place), there, at(node.fill));
      }
    }
  }
  const hasToken = (node: Node, by: number, place: Place): Condition => ({
    op: 'flag',
    name: unknown({ op: 'boolean', level: node.level, value: true }, `by ${String(by)}`, place, 1, 'token'),
  });

  function conditionOnce(node: Truth, place: Place, copy: number): Condition {
    switch (node.op) {
      case 'boolean':
        return t.truth(node.value);
      case 'named':
        if (!isTaken(node.name)) return condition(node.x, place, copy);
        if (moves(node)) reject('view.opaque', `${node.name} changes with what the claim varies`);
        return { op: 'flag', name: nameAt(node.name, place, node.level, copy) };
      case 'not':
        return t.not(condition(node.x, place, copy));
      case 'and':
      case 'or':
        return t.joined(
          node.op,
          node.of.map((one) => condition(one, place, copy)),
        );
      case 'attains':
        return attains(node, place, copy);
      case 'swapped':
        return condition(node.x, exchanged(place), copy);
      case 'shifted': {
        if (node.by === 0) return condition(node.x, place, copy);
        const exists = hasToken(node, node.by, place);
        if (node.x.op === 'boolean') return node.x.value ? exists : node.x;
        const there: Condition =
          node.x.level === 'token'
            ? { op: 'flag', name: unknown(node, String(identity(node)), place, copy, 'shift') }
            : condition(node.x, place, copy);
        return t.and(exists, there);
      }
      case '>=':
      case '>':
      case '==':
      case '!=':
        return (
          (node.op === '>' ? existence(node.x, place, copy) : undefined) ??
          t.literal(node.op, term(node.x, place, copy))
        );
    }
  }

  /** A set holds something: the own element, or one of the others, of which no count is negative. */
  function existence(x: Number_, place: Place, copy: number): Condition | undefined {
    if (x.op !== 'total' || x.x.op !== 'number' || sign(x.x.value) <= 0) return undefined;
    const members = membersAt(x, x.x, place, x.like);
    if (members.own === undefined || members.except !== undefined || members.isUnpaired) return undefined;
    const all = summed(x, x.x, place, copy, x.like);
    if (all.op !== 'sum') return undefined;
    const [, ...others] = all.of;
    return t.or(condition(x.where, members.own, copy), t.literal('>', t.sum(...others)));
  }

  const membersAt: Reader['membersAt'] = (over, x, place, like) =>
    sets.membersOf(over, [over.where, x], [over.where, x, like ?? x].some(moves), place);

  function total(node: Extract<Number_, { op: 'total' }>, place: Place, copy: number): Term {
    const found = summed(node, node.x, place, copy, node.like);
    if (node.x.op !== 'exp') return found;
    const prefix = elementAt(place, node.to);
    const positive = t.or(t.not(isNonEmpty(node, node.x, place, copy)), t.literal('>', found));
    sums.push({ prefix, condition: positive }, { prefix, condition: t.literal('>=', found) });
    return found;
  }

  function summed(over: IndexSet, x: Number_, place: Place, copy: number, like: Number_ | undefined): Term {
    const members = membersAt(over, x, place, like);
    const [read, where] = members.isUnpaired
      ? [atOther(x) ?? x, atOther(over.where) ?? over.where]
      : [x, over.where];
    const at = (one: Place): Term => {
      const holds = condition(where, one, copy);
      return holds.op === 'boolean' && !holds.value ? t.zero : t.select(holds, term(read, one, copy), t.zero);
    };
    const rest = ({ set, place: there, within }: Others): Term => {
      if (within !== undefined)
        return totalOver(reader, set, t.truth(true), summed({ ...over, to: within }, x, there, copy, like));
      return totalOver(reader, set, condition(where, there, copy), term(read, there, copy));
    };
    return t.sum(
      ...(members.own === undefined ? [] : [at(members.own)]),
      ...members.others.map(rest),
      ...(members.except === undefined ? [] : [t.negated(at(members.except))]),
    );
  }

  /** Sizes are 1 at least; a rollout may be alone in its group. */
  const isNonEmpty: Reader['isNonEmpty'] = (over, x, place, copy) => {
    if (over.from !== 'peer' && over.where.op === 'boolean' && over.where.value) return t.truth(true);
    return t.literal('>', summed(over, n.one, place, copy, isTruth(x) ? undefined : x));
  };

  function extreme(node: Extract<Number_, { op: 'extreme' }>, place: Place, copy: number): Term {
    const members = membersAt(node, node.x, place);
    const rest = restOf(members, node.which, node, copy);
    if (rest === undefined) return t.variable(unknown(node, String(identity(node)), place, copy, node.which));
    if (members.own === undefined) return rest;
    const own_ = term(node.x, members.own, copy);
    const best =
      node.which === 'max'
        ? t.select(t.literal('>=', t.difference(own_, rest)), own_, rest)
        : t.select(t.literal('>=', t.difference(rest, own_)), own_, rest);
    return t.select(condition(node.where, members.own, copy), best, rest);
  }
  /** The extreme of the others, where they are one set. */
  function restOf(
    members: Members,
    which: 'max' | 'min',
    { x, where }: { readonly x: Number_; readonly where: Truth },
    copy: number,
  ): Term | undefined {
    const [only, second] = members.others;
    if (
      only === undefined ||
      second !== undefined ||
      members.except !== undefined ||
      only.within !== undefined
    )
      return undefined;
    return extremeOver(
      reader,
      only.set,
      which,
      condition(where, only.place, copy),
      term(x, only.place, copy),
    );
  }

  /** Ahead of all others, or level with the best of them and first in order. */
  function attains(node: Extract<Truth, { op: 'attains' }>, place: Place, copy: number): Condition {
    const isFirst: Condition = {
      op: 'flag',
      name: unknown(node, String(identity(node)), place, copy, 'first'),
    };
    const where = condition(node.where, place, copy);
    const own_ = term(node.x, place, copy);
    const ahead = (other: Term): Term =>
      node.which === 'max' ? t.difference(own_, other) : t.difference(other, own_);
    const members = membersAt(node, node.x, place);
    const isOwn = members.own !== undefined && keyOf(members.own) === keyOf(place);
    const rival = isOwn ? restOf(members, node.which, node, copy) : undefined;
    if (rival !== undefined)
      return t.and(where, t.or(t.literal('>', ahead(rival)), t.and(t.literal('==', ahead(rival)), isFirst)));
    const { which, from, to, x } = node;
    const best = term(
      { op: 'extreme', level: to, which, from, to, where: node.where, x },
      { elements: place.elements },
      copy,
    );
    return t.and(where, t.literal('>=', ahead(best)), isFirst);
  }

  const nameFor: Reader['nameFor'] = (key, prefix, of, factsOf) => {
    const known = ownNames.get(key);
    const name = known?.name ?? `${prefix}?:${String(ownNames.size + 1)}`;
    if (known === undefined) {
      ownNames.set(key, { name, of });
      sums.push(...factsOf(t.variable(name)).map((condition_) => ({ prefix, condition: condition_ })));
    }
    return t.variable(name);
  };

  function domainsAt(set: MemberSet | undefined): Context {
    const found = contexts.get(set);
    if (found !== undefined && found.sums === sums.length) return found.context;
    const outer = set === undefined ? emptyContext([], []) : domainsAt(set.parent);
    const prefix = set?.prefix ?? OWN;
    const known = sums.filter((one) => one.prefix === prefix).map((one) => one.condition);
    const plain = plainFacts(view, prefix);
    const context = extended(outer, ...domainConditions(reader, set), ...plain, ...known);
    contexts.set(set, { context, sums: sums.length });
    return context;
  }

  const reader: Reader = {
    objective,
    view,
    own,
    varied,
    copies,
    sets,
    term,
    condition,
    moves,
    membersAt,
    isNonEmpty,
    domainsAt,
    variable: (copy) => t.variable(variableName(copy)),
    movingUnknowns: () => movingUnknowns,
    nameFor,
    undeclared: () => [...ownNames.values()],
    extremes: () =>
      new Set([
        ...view.rests.flatMap(({ name, reduce }) => (reduce === 'sum' ? [] : [name])),
        ...[...ownNames].flatMap(([key, { name }]) => (/^(?:max|min) /.test(key) ? [name] : [])),
      ]),
    unknowns: () => unknowns,
    sums: () => sums,
  };
  return reader;
}
