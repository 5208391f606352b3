/** A batch along one variable: what a program's values are as terms in it, every other number being as the batch has it. */
import type { IndexLevel } from '../../base/level.js';
import { ancestors, peersOf, sizeOf, type Ragged } from '../../base/ragged.js';
import { emptyContext } from '../context.js';
import { decide } from '../enclose.js';
import { constantOf } from '../polynomial.js';
import { compare, floor, fraction, minus, ONE, sign, times, whole } from '../rational.js';
import { reject } from '../rejection.js';
import * as t from '../term.js';
import type { Condition, Term } from '../term.js';
import { absoluteOf } from './tree.js';
import type { IndexSet, Node, Number_, Truth } from './tree.js';

export interface Line {
  readonly number: (node: Number_, at: number) => Term;
  readonly truth: (node: Truth, at: number) => Condition;
  /** Seen from an element of a level. */
  readonly holder: (from: IndexLevel, to: IndexLevel, at: number) => number;
}

const NOTHING_KNOWN = emptyContext([], []).normal;
const HALF = fraction(1n, 2n);

/** What is the same for all values of the variable is decided at once. */
const settled = (condition: Condition): Condition => {
  const known = decide(condition, new Map()) ?? NOTHING_KNOWN.truthOf(condition);
  return known === undefined ? condition : t.truth(known);
};

/** Between the two that a share of the members is not above: where their order is the same all along. */
function quantile(all: readonly Term[], q: Term): Term {
  if (all.length === 0) return t.zero;
  const share = constantOf(NOTHING_KNOWN.of(q));
  if (share === undefined || sign(share) < 0 || compare(share, ONE) > 0)
    return reject('witness', 'a quantile of no known share');
  const isBehind = (a: Term, b: Term): boolean => {
    const behind = settled(t.literal('>=', t.difference(b, a)));
    if (behind.op !== 'boolean') return reject('witness', 'the order of a set depends on the variable');
    return behind.value;
  };
  const sorted = [...all].sort((a, b) => (isBehind(a, b) ? (isBehind(b, a) ? 0 : -1) : 1));
  const place = times(share, whole(all.length - 1));
  const below = floor(place);
  const part = minus(place, whole(Number(below)));
  const [low, high] = [sorted[Number(below)], sorted[Number(below) + 1]];
  if (low === undefined || high === undefined || sign(part) === 0) return low ?? t.zero;
  return t.sum(t.product(t.number(minus(ONE, part)), low), t.product(t.number(part), high));
}

export function lineOf(
  ragged: Ragged,
  inputs: ReadonlyMap<string, readonly Term[]>,
  override?: { readonly node: Node; readonly element: number; readonly term: Term },
): Line {
  const numbers = new Map<Number_, Map<number, Term>>();
  const truths = new Map<Truth, Map<number, Condition>>();
  const held = new Map<string, Int32Array>();
  const holder = (from: IndexLevel, to: IndexLevel, at: number): number => {
    const key = `${from} ${to}`;
    const found = held.get(key) ?? ancestors(ragged, from, to);
    held.set(key, found);
    return found[at] ?? 0;
  };
  const value = (node: Number_, level: IndexLevel, at: number): Term =>
    number(node, holder(level, node.level, at));
  const condition = (node: Truth, level: IndexLevel, at: number): Condition =>
    truth(node, holder(level, node.level, at));
  const sameRollout = (a: number, b: number): boolean =>
    ragged.rolloutOfToken[a] !== undefined && ragged.rolloutOfToken[a] === ragged.rolloutOfToken[b];

  function members({ from, to, where }: IndexSet, outer: number): readonly { at: number; if: Condition }[] {
    return Array.from({ length: sizeOf(ragged, from) }, (_, at) => at)
      .filter((at) => holder(from, to, at) === outer)
      .map((at) => ({ at, if: condition(where, from, at) }))
      .filter(({ if: belongs }) => belongs.op !== 'boolean' || belongs.value);
  }
  function sureMembers(set: IndexSet, outer: number): readonly number[] {
    return members(set, outer).map(({ at, if: belongs }) =>
      belongs.op === 'boolean' ? at : reject('witness', 'who is in a set depends on the variable'),
    );
  }

  function number(node: Number_, at: number): Term {
    const known = numbers.get(node) ?? new Map<number, Term>();
    numbers.set(node, known);
    const found =
      known.get(at) ??
      (override?.node === node && override.element === at ? override.term : numberOf(node, at));
    known.set(at, found);
    return found;
  }
  function numberOf(node: Number_, at: number): Term {
    const of = (x: Number_): Term => value(x, node.level, at);
    switch (node.op) {
      case 'number':
        return t.number(node.value);
      case 'pi':
        return t.pi;
      case 'input':
        return inputs.get(node.name)?.[at] ?? reject('batch', `the batch has no ${node.name}`);
      case 'let':
      case 'stop':
        return of(node.x);
      case 'sum':
        return t.sum(...node.of.map(of));
      case 'product':
        return t.product(...node.of.map(of));
      case 'inverse':
        return t.power(of(node.x), -1);
      case 'exp':
        return t.exp(of(node.x));
      case 'log':
        return t.log(of(node.x));
      case 'root':
        return t.power(of(node.x), HALF);
      case 'select': {
        const x = absoluteOf(node);
        if (x !== undefined) {
          const when = settled(t.literal('>=', of(x)));
          return t.select(when, of(x), t.negated(of(x)));
        }
        const when = condition(node.if, node.level, at);
        if (when.op === 'boolean') return of(when.value ? node.then : node.else);
        return t.select(when, of(node.then), of(node.else));
      }
      case 'total':
        return t.sum(
          ...members(node, at).map((one) => t.select(one.if, value(node.x, node.from, one.at), t.zero)),
        );
      case 'extreme': {
        const [first, ...others] = sureMembers(node, at).map((one) => value(node.x, node.from, one));
        if (first === undefined) return reject('witness', 'an extreme of nothing');
        return others.reduce((a, b) => {
          const ahead = node.which === 'max' ? t.difference(a, b) : t.difference(b, a);
          return t.select(settled(t.literal('>=', ahead)), a, b);
        }, first);
      }
      case 'swap':
        return value(node.x, 'peer', peersOf(ragged).opposite[at] ?? 0);
      case 'scan': {
        const before = at - (node.isForward ? 1 : -1);
        const own = value(node.x, 'token', at);
        if (!sameRollout(before, at)) return own;
        return t.sum(own, t.product(value(node.gamma, 'token', at), number(node, before)));
      }
      case 'shift': {
        const other = at - node.by;
        return sameRollout(other, at) ? value(node.x, 'token', other) : value(node.fill, 'token', at);
      }
      case 'quantile':
        return quantile(
          sureMembers(node, at).map((one) => value(node.x, node.from, one)),
          value(node.q, node.to, at),
        );
      case 'infinity':
        return reject('witness', 'an infinity is read along the variable');
    }
  }

  function truth(node: Truth, at: number): Condition {
    const known = truths.get(node) ?? new Map<number, Condition>();
    truths.set(node, known);
    const found = known.get(at) ?? settled(truthOf(node, at));
    known.set(at, found);
    return found;
  }
  function truthOf(node: Truth, at: number): Condition {
    switch (node.op) {
      case 'boolean':
        return t.truth(node.value);
      case 'named':
        return condition(node.x, node.level, at);
      case 'not':
        return t.not(condition(node.x, node.level, at));
      case 'and':
        return t.and(...node.of.map((one) => condition(one, node.level, at)));
      case 'or':
        return t.or(...node.of.map((one) => condition(one, node.level, at)));
      case 'swapped':
        return condition(node.x, 'peer', peersOf(ragged).opposite[at] ?? 0);
      case 'shifted':
        return sameRollout(at - node.by, at) ? condition(node.x, 'token', at - node.by) : t.truth(false);
      case 'attains': {
        const all = sureMembers(node, holder(node.from, node.to, at));
        if (!all.includes(at)) return t.truth(false);
        const own = value(node.x, node.from, at);
        return t.and(
          ...all.flatMap((other) => {
            if (other === at) return [];
            const ahead = t.difference(own, value(node.x, node.from, other));
            return [t.literal(other < at ? '>' : '>=', node.which === 'max' ? ahead : t.negated(ahead))];
          }),
        );
      }
      default:
        return t.literal(node.op, value(node.x, node.level, at));
    }
  }
  return { number, truth, holder };
}
