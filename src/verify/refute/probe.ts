/** A claim at one element of one scene, ready to be evaluated a few thousand times. */
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { Level } from '../../base/level.js';
import { isFiner, nameable } from '../../base/level.js';
import { arePossible, possibilities, type Drawing, type Possible } from './draw.js';
import { clean, settled } from './numbers.js';
import type { Scene } from './scene.js';
import type { Subject } from './subject.js';
import { tapeOf, type Place, type Tape } from './tape.js';

export interface Probe {
  readonly subject: Subject;
  readonly scene: Scene;
  readonly possible: readonly Possible[];
  /** An element of the claim's level. */
  readonly own: number;
  /** What is varied, and where. */
  readonly varied?: Place;
  /** Hypotheses, each where it has to hold, and then the parts; what is varied is cut out. */
  readonly tape: Tape;
  readonly conditions: readonly Place[];
  readonly places: readonly Place[];
  /** The minimised values. */
  readonly lost: readonly Place[];
  /** What is varied, by its own definition. */
  readonly variable?: Tape;
  readonly movers: readonly Mover[];
}

/** Numbers that move what is varied when they are all shifted by the same amount. */
export interface Mover {
  readonly input: string;
  readonly slots: readonly number[];
  /** Whether nothing else that the claim reads is moved. */
  readonly alone: boolean;
}

/** Hypotheses and parts, at what is varied or without anything varied. */
export interface Look {
  readonly holds: boolean;
  readonly parts: readonly number[];
}

/** Where an expression is read, seen from an element of the claim's level. */
const placeAt = (expr: Expr, scene: Scene, level: Level, own: number): Place => ({
  expr,
  element: scene.holders(level, expr.type.level)[own] ?? 0,
});

export function probeOf(
  subject: Subject,
  scene: Scene,
  own: number,
  variable: Expr | undefined = subject.variable,
  variedAt?: number,
): Probe {
  const { graph, level, parts, hypotheses, assumptions, losses } = subject;
  const here = (expr: Expr): Place => placeAt(expr, scene, level, own);
  const everywhere = (expr: Expr): readonly Place[] =>
    Array.from({ length: scene.ragged.sizes[nameable(expr.type.level)] }, (_, element) => ({
      expr,
      element,
    }));
  const varied =
    variable === undefined ? undefined : { expr: variable, element: variedAt ?? here(variable).element };
  const conditions = [...hypotheses.map(here), ...assumptions.flatMap(everywhere)];
  const places = parts.map(here);
  const tape = tapeOf(graph, [...conditions, ...places], scene, varied);
  const alone = varied === undefined ? undefined : tapeOf(graph, [varied], scene);
  return {
    subject,
    scene,
    possible: possibilities(subject, scene),
    own,
    tape,
    conditions,
    places,
    lost: losses.map((expr) => ({ expr, element: 0 })),
    ...(varied === undefined || alone === undefined ? {} : { varied, variable: alone }),
    movers:
      varied === undefined || alone === undefined
        ? []
        : moversOf(varied, alone, tape, scene, rolesOf(subject)),
  };
}

const rolesOf = ({ program }: Subject): ReadonlyMap<string, string> =>
  new Map(program.inputs.map(({ name, role }) => [name, role]));

/** The inputs that what is varied is made of: its own ones before those of others, and those that move nothing else before the rest. */
function moversOf(
  varied: Place,
  variable: Tape,
  tape: Tape,
  scene: Scene,
  roles: ReadonlyMap<string, string>,
): readonly Mover[] {
  const level = nameable(varied.expr.type.level);
  const groups = new Map<string, number[]>();
  for (const slot of variable.reads) {
    const one = scene.slots[slot];
    if (one === undefined) continue;
    const isOwn = isFiner(level, one.level)
      ? scene.holders(level, one.level)[varied.element] === one.element
      : scene.holders(one.level, level)[one.element] === varied.element;
    const key = `${one.role === 'param' ? 2 : isOwn ? 0 : 1} ${one.name}`;
    groups.set(key, [...(groups.get(key) ?? []), slot]);
  }
  const read = new Set(tape.reads);
  const movers = [...groups].map(([key, slots]) => {
    const alone = !slots.some((slot) => read.has(slot));
    const isModel = roles.get(key.slice(2)) === 'model';
    const rank = Number(key[0]) + (alone ? 0 : 4) + (isModel ? 0 : 0.5);
    return { input: key.slice(2), slots, alone, rank };
  });
  return movers.sort((a, b) => a.rank - b.rank).map(({ input, slots, alone }) => ({ input, slots, alone }));
}

export function look(probe: Probe, values: Float64Array, x?: number): Look {
  const at = x ?? probe.variable?.run(values)[0];
  const results = probe.tape.run(values, at);
  let holds = true;
  const parts: number[] = [];
  for (const [index, result] of results.entries())
    if (index >= probe.conditions.length) parts.push(result);
    else if (result !== 1) holds = false;
  return { holds, parts };
}

/** The candidate, all of whose numbers are possible, with what is varied moved; nothing where a number leaves its domain. */
export function moved(
  probe: Probe,
  mover: Mover,
  values: Float64Array,
  by: number,
  drawing: Drawing,
): Float64Array | undefined {
  const next = values.slice();
  for (const slot of mover.slots) next[slot] = clean(settled((next[slot] ?? NaN) + by));
  return by === 0 || arePossible(mover.slots, probe.possible, probe.scene, next, drawing) ? next : undefined;
}

/** One point of a line along which what is varied moves. */
export interface Sample {
  readonly by: number;
  /** The batch that has this value of what is varied. */
  readonly values: Float64Array;
  readonly x: number;
  readonly parts: readonly number[];
}

/** The points of a line at which hypotheses hold and parts are numbers, by x and each x once. */
export function along(
  probe: Probe,
  mover: Mover,
  values: Float64Array,
  offsets: readonly number[],
  drawing: Drawing,
): readonly Sample[] {
  const samples: Sample[] = [];
  for (const by of offsets) {
    const next = moved(probe, mover, values, by, drawing);
    const x = next === undefined ? undefined : probe.variable?.run(next)[0];
    if (next === undefined || x === undefined || !Number.isFinite(x)) continue;
    const { holds, parts } = look(probe, values, x);
    if (holds && parts.every(Number.isFinite)) samples.push({ by, values: next, x, parts });
  }
  samples.sort((a, b) => a.x - b.x);
  return samples.filter(({ x }, at) => at === 0 || x > (samples[at - 1]?.x ?? NaN));
}

const JUMPING: readonly Expr['op'][] = ['select', 'sign', 'attains'];

/** Whether what is varied takes every value between two that it takes: it is made of what moves it without a jump. */
export function takesAllBetween({ subject, varied, possible }: Probe, { input, slots }: Mover): boolean {
  const { nodes } = subject.graph;
  const isSpaced = ({ info }: Possible): boolean =>
    info.domain?.kind === 'set' || info.domain?.integer === true || ('role' in info && info.role === 'tag');
  if (slots.some((slot) => possible[slot] === undefined || isSpaced(possible[slot]))) return false;
  const moving = new Set<Expr>();
  const inside = new Set<Expr>(varied === undefined ? [] : [varied.expr]);
  for (const node of nodes)
    if ((node.op === 'input' && node.name === input) || operandsOf(node).some((one) => moving.has(one)))
      moving.add(node);
  for (const node of [...nodes].reverse())
    if (inside.has(node)) for (const operand of operandsOf(node)) inside.add(operand);
  const jumps = (node: Expr): boolean =>
    node.type.kind !== 'real' ||
    JUMPING.includes(node.op) ||
    (node.op === 'div' && moving.has(node.y)) ||
    (node.op === 'pow' && !(node.y.op === 'const' && node.y.value.s > 0n)) ||
    (node.op === 'reduce' && node.reduce === 'first');
  return ![...inside].some((node) => moving.has(node) && jumps(node));
}
