/** What has to hold for values to be defined: each operation that is not defined everywhere, under the conditions on its path. */
import * as t from '../term.js';
import { not, type Condition } from '../term.js';
import { atOther, type MemberSet } from './members.js';
import { exchanged, keyOf, type Place } from './place.js';
import type { Reader } from './reader.js';
import { isTruth, sum, type IndexSet, type Node, type Number_, type Truth } from './tree.js';

export interface Demand {
  /** Of whose generic member it speaks; absent for the own elements. */
  readonly set?: MemberSet;
  readonly path: readonly Condition[];
  readonly condition: Condition;
}
interface At {
  readonly place: Place;
  readonly copy: number;
  readonly set?: MemberSet;
  readonly path: readonly Condition[];
}

/** The demands of values, operands before what uses them. */
export function demandsOf(reader: Reader, roots: readonly Node[]): readonly Demand[] {
  const found: Demand[] = [];
  const seen = new Map<Node, Set<string>>();
  const ids = new Map<Condition, number>();
  const negations = new Map<Condition, Condition>();
  const idOf = (one: Condition): number => {
    const id = ids.get(one) ?? ids.size;
    ids.set(one, id);
    return id;
  };

  const demand = ({ set, path }: At, condition: Condition): void => {
    if (condition.op !== 'boolean' || !condition.value)
      found.push({ ...(set !== undefined && { set }), path, condition });
  };
  const under = (at: At, node: Truth, holds = true): At => {
    const condition = reader.condition(node, at.place, at.copy);
    if (condition.op === 'boolean' && condition.value === holds) return at;
    const negation = negations.get(condition) ?? not(condition);
    negations.set(condition, negation);
    return { ...at, path: [...at.path, holds ? condition : negation] };
  };
  const isDead = ({ path }: At): boolean => path.some((one) => one.op === 'boolean' && !one.value);

  function walk(node: Node, from: At): void {
    const at = reader.moves(node) ? from : { ...from, copy: 1 };
    const key = `${keyOf(at.place)} ${String(at.copy)} ${at.path.map(idOf).join()}`;
    const before = seen.get(node) ?? new Set();
    seen.set(node, before);
    if (before.has(key) || isDead(at)) return;
    before.add(key);
    if (isTruth(node)) truth(node, at);
    else number(node, at);
  }

  function number(node: Number_, at: At): void {
    const term = (x: Number_): t.Term => reader.term(x, at.place, at.copy);
    switch (node.op) {
      case 'number':
      case 'pi':
      case 'input':
        return;
      case 'infinity':
        return demand(at, t.truth(false));
      case 'let':
        if (node === reader.varied?.node) return;
        return walk(node.x, at);
      case 'sum':
      case 'product':
        return node.of.forEach((one) => {
          walk(one, at);
        });
      case 'stop':
      case 'exp':
        return walk(node.x, at);
      case 'inverse':
        walk(node.x, at);
        return demand(at, t.literal('!=', term(node.x)));
      case 'log':
        walk(node.x, at);
        return demand(at, t.literal('>', term(node.x)));
      case 'root':
        walk(node.x, at);
        return demand(at, t.literal('>=', term(node.x)));
      case 'select':
        walk(node.if, at);
        walk(node.then, under(at, node.if));
        return walk(node.else, under(at, node.if, false));
      case 'total':
        return overMembers(node, node.x, at);
      case 'extreme':
        overMembers(node, node.x, at);
        return demand(at, reader.isNonEmpty(node, node.x, at.place, at.copy));
      case 'quantile': {
        overMembers(node, node.x, at);
        walk(node.q, at);
        const share = term(node.q);
        return demand(at, t.and(t.literal('>=', share), t.literal('>=', t.difference(t.one, share))));
      }
      case 'swap':
        return walk(node.x, { ...at, place: exchanged(at.place) });
      case 'scan':
        return along([node.x, node.gamma], at);
      case 'shift':
        return along([node.x, node.fill], at);
    }
  }

  function truth(node: Truth, at: At): void {
    switch (node.op) {
      case 'boolean':
        return;
      case 'named':
      case 'not':
        return walk(node.x, at);
      case 'and':
      case 'or': {
        let here = at;
        for (const one of node.of) {
          walk(one, here);
          here = under(here, one, node.op === 'and');
        }
        return;
      }
      case 'attains':
        return overMembers(node, node.x, at);
      case 'swapped':
        return walk(node.x, { ...at, place: exchanged(at.place) });
      case 'shifted':
        return along([node.x], at);
      case '>=':
      case '>':
      case '==':
      case '!=':
        return walk(node.x, at);
    }
  }

  function overMembers(over: IndexSet, x: Number_, at: At): void {
    const members = reader.membersAt(over, x, at.place);
    const [read, where] = members.isUnpaired
      ? [atOther(x) ?? x, atOther(over.where) ?? over.where]
      : [x, over.where];
    const visit = (here: At): void => {
      walk(where, here);
      walk(read, under(here, where));
    };
    if (members.own !== undefined) visit({ ...at, place: members.own });
    for (const { set, place, within } of members.others)
      if (within === undefined) visit({ ...at, place, set });
      else overMembers({ ...over, to: within }, x, { ...at, place, set });
  }

  /** Tokens are read at the own one, and at any other of the rollout. */
  function along(reads: readonly Node[], at: At): void {
    for (const one of reads) walk(one, at);
    const set: IndexSet = {
      from: 'token',
      to: 'rollout',
      where: { op: 'boolean', level: 'batch', value: true },
    };
    for (const one of reads)
      if (one.level === 'token')
        overMembers(
          set,
          isTruth(one) ? { op: 'select', level: 'token', if: one, then: sum(), else: sum() } : one,
          at,
        );
  }

  for (let copy = 1; copy <= reader.copies; copy += 1)
    for (const root of roots)
      if (isTruth(root) || root.op !== 'infinity') walk(root, { place: reader.own, copy, path: [] });
  return found;
}
