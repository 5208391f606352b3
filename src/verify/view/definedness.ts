/** Where the operations of an expression must be defined, and that they are: one obligation for each. */
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type Attains,
  type Binary,
  type Expr,
  type Reduce,
  type Scan,
  type Shift,
} from '../../ir/expr.js';
import type { Budget } from '../budget.js';
import { distinct } from './known.js';
import { infinityOf } from './elementwise.js';
import { keyOf } from '../../proof/key.js';
import { membersOf, readersOf, type Others } from './members.js';
import { placeKey, type Place } from './place.js';
import { exchanged, type Reader } from './reader.js';
import { isNonEmpty } from './reductions.js';
import type { MemberSet } from './session.js';

export interface Demand {
  /** Of whose generic member it speaks; absent for the own elements. */
  readonly set?: MemberSet;
  /** What holds where the operation is read. */
  readonly path: readonly Condition[];
  readonly condition: Condition;
}

const isWithin = (few: ReadonlySet<string>, many: ReadonlySet<string>): boolean =>
  [...few].every((one) => many.has(one));

/** Steps for one operation at one place. */
const WALK = 20;

interface At {
  readonly place: Place;
  readonly copy: number;
  readonly set?: MemberSet;
  readonly path: readonly Condition[];
}

/**
 * The demands of expressions in which names alone were replaced, operands before what uses them. `bodyOf` gives the definition
 * of a name that is taken as it is.
 */
export function demandsOf(
  reader: Reader,
  exprs: readonly Expr[],
  copies: number,
  bodyOf: (name: string) => Expr | undefined,
  budget: Budget,
): readonly Demand[] {
  const found = new Map<string, readonly { readonly keys: ReadonlySet<string>; readonly demand: Demand }[]>();
  const seen = new Set<string>();

  const demand = ({ set, path }: At, condition: Condition): void => {
    if (condition.op === 'boolean' && condition.value) return;
    const given = path.filter((one) => !(one.op === 'boolean' && one.value));
    if (given.some((one) => one.op === 'boolean')) return;
    const goal = `${set?.name ?? ''} ${keyOf(condition)}`;
    const keys = new Set(given.map(keyOf));
    const before = found.get(goal) ?? [];
    if (before.some((one) => isWithin(one.keys, keys))) return;
    const others = before.filter((one) => !isWithin(keys, one.keys));
    found.set(goal, [
      ...others,
      { keys, demand: { ...(set !== undefined && { set }), path: distinct(given), condition } },
    ]);
  };
  const term = (expr: Expr, { place, copy }: At): Term => reader.term(expr, place, copy);
  const under = (at: At, expr: Expr | undefined, holds = true): At => {
    if (expr === undefined) return at;
    const condition = reader.condition(expr, at.place, at.copy);
    return { ...at, path: [...at.path, holds ? condition : build.not(condition)] };
  };

  function walk(expr: Expr, at: At): void {
    const copy = reader.dependsOnVaried(expr) ? at.copy : 1;
    const key = `${String(reader.idOf(expr))} ${placeKey(at.place)} ${String(copy)} ${at.path.map(keyOf).join()}`;
    if (seen.has(key)) return;
    seen.add(key);
    // What has not been looked at is not known to be defined.
    if (!budget.spend(WALK)) return demand({ ...at, path: [] }, build.truth(false));
    if (isUnary(expr)) return unary(expr.op, expr.x, at);
    if (isBinary(expr)) return binary(expr, at);
    if (isTernary(expr)) return ternary(expr, at);
    switch (expr.op) {
      case 'input': {
        const body = bodyOf(expr.name);
        if (body !== undefined) walk(body, at);
        return;
      }
      case 'inf':
        return demand(at, build.truth(false));
      case 'named':
        return walk(expr.x, at);
      case 'swap':
        return walk(expr.x, { ...at, place: exchanged(at.place) });
      case 'reduce':
        return reduction(expr, at);
      case 'attains':
        return overMembers(expr, expr.x, at);
      case 'scan':
      case 'shift':
        return along(expr, at);
      default:
        return;
    }
  }

  function unary(op: Expr['op'], x: Expr, at: At): void {
    walk(x, at);
    if (op === 'log') demand(at, build.literal('>', term(x, at)));
    if (op === 'log1p') demand(at, build.literal('>', build.sum(build.one, term(x, at))));
    if (op === 'sqrt') demand(at, build.literal('>=', term(x, at)));
  }

  function binary(expr: Binary, at: At): void {
    const { op, x, y } = expr;
    if (op === 'and' || op === 'or') {
      walk(x, at);
      return walk(y, under(at, x, op === 'and'));
    }
    if (op === 'min' || op === 'max') {
      for (const [one, other] of [
        [x, y],
        [y, x],
      ] as const)
        operand(one, other, op, at);
      return;
    }
    if (infinityOf(x) === 0) walk(x, at);
    if (infinityOf(y) === 0) walk(y, at);
    if (op === 'div') demand(at, build.literal('!=', term(y, at)));
    if (op === 'pow') demand(at, build.literal('>', term(x, at)));
  }

  /** Of a maximum, what is −∞ loses to what is not: so does the extreme of an empty set. */
  function operand(one: Expr, other: Expr, op: 'min' | 'max', at: At): void {
    const infinite = infinityOf(one);
    if (infinite === (op === 'max' ? -1 : 1)) return;
    const plain = one.op === 'named' ? one.x : one;
    const isExtreme = (some: Expr): some is Reduce => some.op === 'reduce' && some.reduce === op;
    if (isExtreme(plain) && infinityOf(other) === 0 && !isExtreme(other)) overMembers(plain, plain.x, at);
    else walk(one, at);
  }

  function ternary(expr: Expr, at: At): void {
    if (!isTernary(expr)) return;
    const { x, y, z } = expr;
    walk(x, at);
    if (expr.op === 'select') {
      walk(y, under(at, x));
      return walk(z, under(at, x, false));
    }
    if (infinityOf(y) >= 0) walk(y, at);
    if (infinityOf(z) <= 0) walk(z, at);
  }

  function reduction(node: Reduce, at: At): void {
    overMembers(node, node.x, at);
    const { anchor, q, reduce } = node;
    const isAnchored = anchor !== undefined && infinityOf(anchor) === 0;
    if (isAnchored) walk(anchor, at);
    if (q !== undefined) {
      walk(q, at);
      demand(at, build.and(build.literal('>=', term(q, at)), build.atLeast(build.one, term(q, at))));
    }
    const hasNoValue = reduce === 'max' || reduce === 'min' || (reduce === 'logsumexp' && !isAnchored);
    if (hasNoValue) demand(at, isNonEmpty(reader, node, at.place, at.copy));
  }

  function overMembers(node: Reduce | Attains, x: Expr, at: At): void {
    const reads = [x, ...(node.where === undefined ? [] : [node.where])];
    const members = membersOf(reader, node, reads, at.place);
    const read = readersOf(members, x, node.where);
    const there = (place: Place, set?: MemberSet): At => ({
      ...at,
      place,
      ...(set !== undefined && { set }),
    });
    const visit = (here: At): void => {
      if (read.where !== undefined) walk(read.where, here);
      walk(read.x, under(here, read.where));
    };
    if (members.own !== undefined) visit(there(members.own));
    for (const { set, place, inner } of members.others)
      if (inner === undefined) visit(there(place, set));
      else overMembers({ ...node, ...inner } as Reduce, x, there(place, set));
  }

  function along(node: Scan | Shift, at: At): void {
    const [first] = tokensBeside(at);
    walk(node.x, at);
    if (first !== undefined && node.x.type.level === 'token')
      walk(node.x, { ...at, place: first.place, set: first.set });
    if (node.op === 'scan' && node.gamma !== undefined) walk(node.gamma, at);
    if (node.op === 'shift') walk(node.fill, at);
  }
  const tokensBeside = ({ place }: At): readonly Others[] =>
    membersOf(reader, { from: 'token', to: 'rollout' }, [], place).others;

  for (let copy = 1; copy <= copies; copy += 1)
    for (const expr of exprs) walk(expr, { place: reader.own, copy, path: [] });
  return [...found.values()].flatMap((some) => some.map((one) => one.demand));
}
