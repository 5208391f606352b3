/** Expressions at one place as terms over the names of a session. */
import type { Level } from '../../base/level.js';
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type Binary,
  type Expr,
  type Input,
  type Ternary,
} from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { keyOf } from '../../proof/key.js';
import { namesIn } from './names.js';
import { substitute } from '../prover/substitute.js';
import type { DerivedProgram } from '../../ir/program.js';
import { attaining, scanned, shifted, shiftedCondition } from './along.js';
import { domainFacts, isInteger } from './domains.js';
import {
  binaryTerm,
  clipped,
  compared,
  comparedInfinite,
  infinityOf,
  isComparison,
  maximum,
  minimum,
  rationalOf,
  same,
  unaryTerm,
} from './elementwise.js';
import { OWN, elementAt, placeKey, type Place, type Prefix } from './place.js';
import { anyOf, reduced } from './reductions.js';
import type { Session } from './session.js';

/** What a claim varies. */
export interface Varied {
  readonly name: string;
  readonly level: Level;
  /** What a value of it satisfies, whatever the inputs are. */
  readonly permitted?: (x: Term) => readonly Condition[];
}
export interface Reader {
  readonly session: Session;
  /** The claim's own elements. */
  readonly own: Place;
  readonly dependsOnVaried: (expr: Expr) => boolean;
  readonly term: (expr: Expr, place: Place, copy: number) => Term;
  readonly condition: (expr: Expr, place: Place, copy: number) => Condition;
  /** The variable that a copy of the varied value is. */
  readonly varied: (copy: number) => Term;
  /** A number that is the same for an expression whatever object it is. */
  readonly idOf: (expr: Expr) => number;
  readonly param: (name: string) => Term;
  /** Whether all that was read is a number. */
  readonly isFinite: () => boolean;
  /** Which copy a term is of, and a text of it that is the same for all copies. */
  readonly copyIn: (term: Term) => number;
  readonly withoutCopies: (term: Term) => string;
}

export function readerOf(
  program: DerivedProgram,
  session: Session,
  own: Place,
  varied: Varied | undefined,
  copies: number,
): Reader {
  const terms = new Map<Expr, Map<string, Term>>();
  const conditions = new Map<Expr, Map<string, Condition>>();
  const dependent = new Map<Expr, boolean>();
  const ids = new Map<string, number>();
  const idByExpr = new Map<Expr, number>();
  const domains = new Map([...program.params, ...program.inputs].map(({ name, domain }) => [name, domain]));

  let hasInfinity = false;

  const variedName = (copy: number): string => {
    const name = varied?.name ?? '';
    return copies > 1 ? `${name}.${String(copy)}` : name;
  };

  function dependsOnVaried(expr: Expr): boolean {
    if (varied === undefined) return false;
    const known = dependent.get(expr);
    if (known !== undefined) return known;
    const result =
      (expr.op === 'input' && expr.name === varied.name) ||
      operandsOf(expr).some((one) => dependsOnVaried(one));
    dependent.set(expr, result);
    return result;
  }

  function idOf(expr: Expr): number {
    const known = idByExpr.get(expr);
    if (known !== undefined) return known;
    const key = `${plainText(expr)}${expr.op === 'reduce' ? `${String(expr.where !== undefined)}${String(expr.anchor !== undefined)}` : ''}(${operandsOf(expr).map(idOf).join(' ')})`;
    const id = ids.get(key) ?? ids.size + 1;
    ids.set(key, id);
    idByExpr.set(expr, id);
    return id;
  }

  function nameOf(expr: Input, prefix: Prefix, copy: number): string {
    const isVaried = expr.name === varied?.name && prefix === OWN;
    const name = isVaried ? variedName(copy) : `${prefix}${expr.name}`;
    if (session.has(name)) return name;
    const domain = domains.get(expr.name);
    const permitted = expr.name === varied?.name ? varied.permitted : undefined;
    session.declare(name, {
      kind: expr.type.kind === 'bool' ? 'flag' : 'real',
      prefix,
      facts: [
        ...domainFacts(domain, build.variable(name), param),
        ...(permitted?.(build.variable(name)) ?? []),
      ],
      integer: expr.role === 'tag' || isInteger(domain),
      isMoving: isVaried,
    });
    return name;
  }
  const param = (name: string): Term =>
    build.variable(
      nameOf({ op: 'input', type: { kind: 'real', level: 'batch' }, role: 'param', name }, OWN, 1),
    );

  function term(expr: Expr, place: Place, copy: number): Term {
    const key = `${String(copy)}|${placeKey(place)}`;
    const known = terms.get(expr)?.get(key);
    if (known !== undefined) return known;
    const result = termOnce(expr, place, copy);
    terms.set(expr, (terms.get(expr) ?? new Map<string, Term>()).set(key, result));
    return result;
  }
  function condition(expr: Expr, place: Place, copy: number): Condition {
    const key = `${String(copy)}|${placeKey(place)}`;
    const known = conditions.get(expr)?.get(key);
    if (known !== undefined) return known;
    const result = conditionOnce(expr, place, copy);
    conditions.set(expr, (conditions.get(expr) ?? new Map<string, Condition>()).set(key, result));
    return result;
  }

  function termOnce(expr: Expr, place: Place, copy: number): Term {
    if (infinityOf(expr) !== 0) return beyond();
    const at = (one: Expr): Term => term(one, place, copy);
    if (expr.op === 'exp' && infinityOf(expr.x) < 0) return build.zero;
    if (isUnary(expr)) return unaryTerm(expr.op, at(expr.x));
    if (isBinary(expr)) return binary(expr, at);
    if (isTernary(expr)) return ternary(expr, at, place, copy);
    switch (expr.op) {
      case 'const':
        return build.number(rationalOf(expr));
      case 'pi':
        return build.pi;
      case 'input':
        return build.variable(nameOf(expr, elementOf(expr, place), copy));
      case 'named':
        return at(expr.x);
      case 'reduce':
        return reduced(reader, expr, place, copy);
      case 'swap':
        return term(expr.x, exchanged(place), copy);
      case 'scan':
        return scanned(reader, expr, place, copy);
      case 'shift':
        return shifted(reader, expr, place, copy);
      case 'inf':
      case 'bool':
      case 'attains':
        throw new Error(`internal: ${expr.op} is no number`);
    }
  }

  /** An infinity where a number is needed: there is no such term, and no such view. */
  function beyond(): Term {
    hasInfinity = true;
    return build.zero;
  }

  function binary(expr: Binary, at: (one: Expr) => Term): Term {
    const { op, x, y } = expr;
    if (op !== 'min' && op !== 'max') return binaryTerm(op, at(x), at(y));
    const [left, right] = [infinityOf(x), infinityOf(y)];
    const loses = op === 'min' ? 1 : -1;
    if (left === loses) return at(y);
    if (right === loses) return at(x);
    if (left !== 0 || right !== 0) return beyond();
    return op === 'min' ? minimum(at(x), at(y)) : maximum(at(x), at(y));
  }

  function ternary(expr: Ternary, at: (one: Expr) => Term, place: Place, copy: number): Term {
    const { x, y, z } = expr;
    if (expr.op === 'select') {
      const chosen = condition(x, place, copy);
      if (chosen.op === 'boolean') return at(chosen.value ? y : z);
      return build.select(chosen, at(y), at(z));
    }
    const [low, high] = [infinityOf(y), infinityOf(z)];
    if (low > 0 || high < 0) return beyond();
    return clipped(at(x), low === 0 ? at(y) : undefined, high === 0 ? at(z) : undefined);
  }

  function conditionOnce(expr: Expr, place: Place, copy: number): Condition {
    const at = (one: Expr): Condition => condition(one, place, copy);
    if (isComparison(expr.op)) return comparison(expr, place, copy);
    switch (expr.op) {
      case 'bool':
        return build.truth(expr.value);
      case 'not':
        return build.not(at(expr.x));
      case 'and': {
        const left = at(expr.x);
        return left.op === 'boolean' && !left.value ? left : build.and(left, at(expr.y));
      }
      case 'or': {
        const left = at(expr.x);
        return left.op === 'boolean' && left.value ? left : build.or(left, at(expr.y));
      }
      case 'select': {
        const [chosen, then, otherwise] = [at(expr.x), at(expr.y), at(expr.z)];
        return build.or(build.and(chosen, then), build.and(build.not(chosen), otherwise));
      }
      case 'named':
        return at(expr.x);
      case 'input':
        return build.flag(nameOf(expr, elementOf(expr, place), copy));
      case 'reduce':
        return expr.reduce === 'any'
          ? anyOf(reader, expr, expr.x, place, copy)
          : build.not(anyOf(reader, expr, negation(expr.x), place, copy));
      case 'swap':
        return condition(expr.x, exchanged(place), copy);
      case 'shift':
        return shiftedCondition(reader, expr, place, copy);
      case 'attains':
        return attaining(reader, expr, place, copy);
      default:
        throw new Error(`internal: ${expr.op} is no condition`);
    }
  }

  function comparison(expr: Expr, place: Place, copy: number): Condition {
    if (!isBinary(expr) || !isComparison(expr.op)) throw new Error('internal: no comparison');
    const { op, x, y } = expr;
    if (x.type.kind === 'bool') {
      const equal = same(condition(x, place, copy), condition(y, place, copy));
      return op === 'eq' ? equal : build.not(equal);
    }
    const [left, right] = [infinityOf(x), infinityOf(y)];
    if (left !== 0 || right !== 0) return comparedInfinite(op, left, right);
    return compared(op, term(x, place, copy), term(y, place, copy));
  }

  const ofCopy = new RegExp(`(?:${copies > 1 ? `(?<=^${varied?.name ?? ''})\\.|` : ''}@)(\\d+)$`, 'u');
  const reader: Reader = {
    session,
    own,
    dependsOnVaried,
    term,
    condition,
    varied: (copy) => {
      const name = variedName(copy);
      return build.variable(name);
    },
    idOf,
    param,
    isFinite: () => !hasInfinity,
    copyIn: (one) => {
      const names = [...namesIn(one)].flatMap((name) => ofCopy.exec(name)?.slice(1) ?? []);
      return Math.min(...names.map(Number), Infinity);
    },
    withoutCopies: (one) => {
      const plain = new Map(
        [...namesIn(one)].map((name) => [name, build.variable(name.replace(ofCopy, ''))]),
      );
      return keyOf(session.expansion.canonical(substitute(one, plain)));
    },
  };
  return reader;
}

const plain = new WeakMap<Expr, string>();

/** What an expression is but for its operands and its type. */
function plainText(expr: Expr): string {
  const known = plain.get(expr);
  if (known !== undefined) return known;
  const own = {
    ...expr,
    type: undefined,
    x: undefined,
    y: undefined,
    z: undefined,
    where: undefined,
    anchor: undefined,
    q: undefined,
    gamma: undefined,
    fill: undefined,
  };
  const text = JSON.stringify(own, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  plain.set(expr, text);
  return text;
}

const negation = (x: Expr): Expr => (x.op === 'not' ? x.x : { op: 'not', type: x.type, x });

/** The element at which an input is read. */
function elementOf({ type }: Input, place: Place): Prefix {
  return elementAt(place, type.level);
}

export const deepest = ({ elements, other }: Place): Prefix => other ?? [...elements.values()].at(-1) ?? OWN;

/** The pair of the same two rollouts, seen from the other one. */
export function exchanged(place: Place): Place {
  if (place.other === undefined) throw new Error('internal: no other rollout here');
  const elements = new Map(place.elements);
  const own = elementAt(place, 'rollout');
  elements.set('rollout', place.other);
  elements.delete('token');
  return { elements, other: own };
}
