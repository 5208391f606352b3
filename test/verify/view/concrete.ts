/**
 * What the names of a view are in one concrete batch: own inputs, sums and counts over the other members, values elsewhere.
 * The view is then as concrete as the batch, and what it reads must be what the reference gives.
 */
import { ancestors, peersOf, sizeOf, spread, type Ragged } from '../../../src/base/ragged.js';
import { LEVELS, isFiner, type IndexLevel, type Level } from '../../../src/base/level.js';
import { evaluate, type Values } from '../../../src/ir/eval.js';
import type { Expr, Input } from '../../../src/ir/expr.js';
import { rebuild } from '../../../src/ir/graph.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { toNumber } from '../../../src/proof/rational.js';
import type { Condition, Term } from '../../../src/proof/term.js';
import type { Reading } from '../../../src/verify/view/view.js';
import type { MemberSet, Part, Unknown } from '../../../src/verify/view/session.js';

/** The batch, with what is varied set over its own value at each copy. */
export interface Point {
  readonly ragged: Ragged;
  /** One for each copy. */
  readonly values: readonly Values[];
  /** The own element at each level. */
  readonly own: ReadonlyMap<Level, number>;
}

/** Replaces names by inputs that hold their values. */
export const withInputs = (expr: Expr, names: ReadonlySet<string>): Expr =>
  rebuild([expr], (one) =>
    one.op === 'named' && names.has(one.name)
      ? ({ op: 'input', type: one.type, role: 'data', name: one.name } satisfies Input)
      : one,
  ).roots[0] ?? expr;

/** The elements that hold one, at every level down to its own. */
export const chainOf = (ragged: Ragged, level: Level, element: number): ReadonlyMap<Level, number> =>
  new Map(
    LEVELS.filter((one) => !isFiner(one, level)).map((one) => [
      one,
      ancestors(ragged, level, one)[element] ?? 0,
    ]),
  );

export interface Concrete {
  readonly term: (term: Term) => number;
  readonly condition: (condition: Condition) => boolean;
  /** How large the numbers are of which a term is made: what rounding errors go by. */
  readonly size: (term: Term) => number;
}

/** Members chosen for generic ones. */
type Chosen = ReadonlyMap<string, ReadonlyMap<Level, number>>;

export function concrete({ reader }: Reading, program: DerivedProgram, point: Point): Concrete {
  const { session } = reader;
  const { ragged } = point;
  const sets = new Map(session.sets().map((set) => [set.prefix, set]));
  const parts = new Map(session.parts().map((part) => [part.name, part]));
  const rests = new Map(session.rests().map((rest) => [rest.name, rest]));
  const evaluated = new Map<Expr, Map<number, Float64Array>>();

  const valuesOf = (expr: Expr, copy: number): Float64Array => {
    const known = evaluated.get(expr)?.get(copy);
    if (known !== undefined) return known;
    const values = point.values[copy - 1];
    if (values === undefined) throw new Error(`no copy ${String(copy)}`);
    const result = evaluate([expr], ragged, values)[0] ?? new Float64Array();
    evaluated.set(expr, (evaluated.get(expr) ?? new Map<number, Float64Array>()).set(copy, result));
    return result;
  };

  const chainFor = (prefix: string, chosen: Chosen): ReadonlyMap<Level, number> => {
    const found = prefix === '' ? point.own : chosen.get(prefix);
    if (found === undefined) throw new Error(`no member is chosen for ${prefix}`);
    return found;
  };

  function membersOf(set: MemberSet, chosen: Chosen): readonly ReadonlyMap<Level, number>[] {
    const outer = set.from === 'peer' ? 'group' : set.to;
    const level: Level = set.from === 'peer' ? 'rollout' : set.from;
    const around = chainFor(set.parent?.prefix ?? '', chosen);
    const holder = around.get(outer);
    const out = set.ownInside || set.from === 'peer' ? around.get(level) : undefined;
    return [...ancestors(ragged, level, outer).entries()]
      .filter(([element, held]) => held === holder && element !== out)
      .map(([element]) => chainOf(ragged, level, element));
  }
  const kept = (part: Part, chosen: Chosen): readonly Chosen[] =>
    membersOf(part.set, chosen)
      .map((member): Chosen => new Map([...chosen, [part.set.prefix, member]]))
      .filter((inside) => holds(part.where, inside));

  function restValue(name: string, chosen: Chosen): number {
    const rest = rests.get(name);
    if (rest === undefined) throw new Error(`${name} is no rest`);
    const bodies = kept(rest.part, chosen).map((inside) => value(rest.body, inside));
    if (rest.reduce === 'sum') return bodies.reduce((sum, one) => sum + one, 0);
    return rest.reduce === 'max' ? Math.max(...bodies, -1e6) : Math.min(...bodies, 1e6);
  }

  const prefixOf = (name: string): string =>
    [...sets.keys()].reduce(
      (longest, one) => (name.startsWith(one) && one.length > longest.length ? one : longest),
      '',
    );

  function elementIn(place: Unknown['place'], level: IndexLevel, chosen: Chosen): number {
    const at = (one: Level): number => chainFor(place.elements.get(one) ?? '', chosen).get(one) ?? 0;
    if (level !== 'peer') return at(level);
    const [mine, other] = [at('rollout'), chainFor(place.other ?? '', chosen).get('rollout')];
    const { rollout, opposite } = peersOf(ragged);
    return rollout.findIndex((row, pair) => row === mine && rollout[opposite[pair] ?? 0] === other);
  }

  /** The numbers and flags that are only named. */
  function unknownValue(name: string, { node, place, copy }: Unknown, chosen: Chosen): number {
    const at = elementIn(place, node.type.level, chosen);
    const element = (expr: Expr): number =>
      valuesOf(expr, copy)[elementIn(place, expr.type.level, chosen)] ?? NaN;
    // Of nothing, the extreme is any number beyond all others.
    if (node.op === 'reduce' && !Number.isFinite(element(node))) return Math.sign(element(node)) * 1e6;
    if (node.op === 'scan') return element(node) - element(node.x);
    if (node.op !== 'shift') return element(node);
    const rows = ragged.rolloutOfToken;
    const isThere = rows[at - node.by] === rows[at];
    if (name.includes(':token:')) return Number(isThere);
    if (!isThere) return 0;
    return spread(valuesOf(node.x, copy), ragged, node.x.type.level, 'token')[at - node.by] ?? NaN;
  }

  const remembered = new Map<string, number>();
  /** The value of a name goes by the members that its prefixes speak of. */
  function named(name: string, chosen: Chosen): number {
    const members = [...chosen].filter(([prefix]) => name.startsWith(prefix));
    const key = `${name} ${JSON.stringify(members.map(([prefix, member]) => [prefix, ...member]))}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const found = namedOnce(name, chosen);
    remembered.set(key, found);
    return found;
  }
  function namedOnce(name: string, chosen: Chosen): number {
    if (name.endsWith(':count')) {
      const part = parts.get(name.slice(0, -':count'.length));
      if (part !== undefined) return kept(part, chosen).length;
      const set = sets.get(`${name.slice(0, -':count'.length)}.`);
      if (set !== undefined) return membersOf(set, chosen).length;
    }
    if (rests.has(name)) return restValue(name, chosen);
    const unknown = session.unknowns().get(name);
    if (unknown !== undefined) return unknownValue(name, unknown, chosen);
    const prefix = prefixOf(name);
    const plain = name.slice(prefix.length);
    const [stem = plain, copy = '1'] = prefix === '' ? plain.split('.') : [plain];
    const values = point.values[Number(copy) - 1];
    const param = values?.params.get(stem);
    if (param !== undefined) return param;
    const level =
      program.inputs.find((one) => one.name === stem)?.level ??
      program.lets.find((one) => one.name === stem)?.value.type.level;
    const all = values?.inputs.get(stem);
    if (level === undefined || level === 'peer' || all === undefined)
      throw new Error(`nothing is called ${name}`);
    return all[chainFor(prefix, chosen).get(level) ?? 0] ?? NaN;
  }

  function value(term: Term, chosen: Chosen): number {
    switch (term.op) {
      case 'number':
        return toNumber(term.value);
      case 'pi':
        return Math.PI;
      case 'variable':
        return named(term.name, chosen);
      case 'sum':
        return term.terms.reduce((sum, one) => sum + value(one, chosen), 0);
      case 'product': {
        const factors = term.factors.map((one) => value(one, chosen));
        return factors.reduce((product, one) => product * one, 1);
      }
      case 'power': {
        const [base, exponent] = [value(term.base, chosen), toNumber(term.exponent)];
        return exponent === 0.5 ? Math.sqrt(Math.max(0, base)) : base ** exponent;
      }
      case 'exp':
        return Math.exp(value(term.x, chosen));
      case 'log':
        return Math.log(value(term.x, chosen));
      case 'select':
        return value(holds(term.if, chosen) ? term.then : term.else, chosen);
    }
  }
  /** Decisions are almost exact; facts may be off by rounding. */
  function holds(condition: Condition, chosen: Chosen, tolerance = 1e-13): boolean {
    switch (condition.op) {
      case 'boolean':
        return condition.value;
      case 'flag':
        return named(condition.name, chosen) === 1;
      case 'not':
        return !holds(condition.x, chosen, tolerance);
      case 'and':
        return condition.all.every((one) => holds(one, chosen, tolerance));
      case 'or':
        return condition.any.some((one) => holds(one, chosen, tolerance));
      case '>=':
      case '>':
      case '==':
      case '!=': {
        const x = value(condition.x, chosen);
        const slack = tolerance * (1 + sizeAt(condition.x, chosen));
        if (condition.op === '==') return Math.abs(x) <= slack;
        // What underflows is not 0, and what is within rounding of 0 may be on either side.
        const isExact = tolerance < 1e-10;
        if (Number.isNaN(x) || (condition.op === '!=' && !isExact)) return true;
        if (condition.op === '!=') return Math.abs(x) > slack;
        return condition.op === '>' && isExact ? x > slack : x >= -slack;
      }
    }
  }
  function sizeAt(term: Term, chosen: Chosen): number {
    const size = (one: Term): number => sizeAt(one, chosen);
    if (term.op === 'sum') return term.terms.reduce((sum, one) => sum + size(one), 0);
    if (term.op === 'product') return term.factors.reduce((product, one) => product * size(one), 1);
    if (term.op === 'select') return size(holds(term.if, chosen) ? term.then : term.else);
    return Math.abs(value(term, chosen));
  }

  return {
    term: (term) => value(term, new Map()),
    condition: (condition) => holds(condition, new Map(), 1e-9),
    size: (term) => sizeAt(term, new Map()),
  };
}

export const numberOf = (ragged: Ragged, level: IndexLevel): number => sizeOf(ragged, level);
