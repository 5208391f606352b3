/** What the values of a plan are called in one kernel, where they are held, and how one is read at an element. */
import { isFiner } from '../../base/level.js';
import { toDouble } from '../../ir/constant.js';
import type { Expr, Input } from '../../ir/expr.js';
import { isPlainCount } from '../../plan/fused/expand.js';
import type { Fold, FusedPlan } from '../../plan/fused/program.js';
import { nounFor } from '../javascript/nouns.js';
import type { Bound } from './kernel.js';
import { realText } from './numbers.js';
import type { Storage } from './storage.js';

/**
 * One kernel. The variables of its loops are `lane`, `g` group, `b` rollout, `o` the other of a pair; `t` is a place in the
 * rollout, counted in as many positions as a lane takes at once, and `i` the same in the batch; all uint32. Every other name
 * ends in a number, so that none is a word of WGSL.
 */
export interface Scope {
  readonly plan: FusedPlan;
  readonly storage: Storage;
  /** Values at hand that the kernel finds in `values` all the same. */
  readonly relayed: ReadonlySet<Expr>;
  /** The member of the uniform buffer that holds a parameter. */
  readonly paramName: (name: string) => string;
  /** Values that the kernel holds in variables, from where they were made on. */
  readonly locals: Map<Expr, string>;
  /** The variable of a buffer, bound from now on. */
  readonly buffer: (bound: Bound) => string;
  /** What is bound, in order, with its variable. */
  readonly bound: () => readonly { readonly bound: Bound; readonly name: string }[];
  /** Says that the kernel looks at single tokens, so that no lane can take several at once. */
  readonly takeOneByOne: () => void;
  /** Whether none of its statements has said so. */
  readonly takesSeveral: () => boolean;
  /** A new variable for a value. */
  readonly fresh: (value: Expr, suffix?: string) => string;
}

/** A part of a name in WGSL, of whatever a program calls things. */
export function wordOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(plain) ? plain : `value${plain}`;
}

export function scopeFor(
  plan: FusedPlan,
  storage: Storage,
  relayed: ReadonlySet<Expr>,
  paramName: (name: string) => string,
): Scope {
  const counts = new Map<string, number>();
  const freshName = (wanted: string): string => {
    const word = wordOf(wanted);
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    return `${word}_${count}`;
  };
  let takesSeveral = true;
  const buffers = new Map<string, { readonly bound: Bound; readonly name: string }>();
  return {
    plan,
    storage,
    relayed,
    paramName,
    locals: new Map(),
    buffer(bound) {
      const key = JSON.stringify(bound);
      const known = buffers.get(key);
      if (known !== undefined) return known.name;
      const name = bufferName(bound, plan, freshName);
      buffers.set(key, { bound, name });
      return name;
    },
    bound: () => [...buffers.values()],
    takeOneByOne() {
      takesSeveral = false;
    },
    takesSeveral: () => takesSeveral,
    fresh: (value, suffix = '') => freshName(`${plan.names.get(value) ?? nounFor(value)}${suffix}`),
  };
}

function bufferName(bound: Bound, { outputs }: FusedPlan, fresh: (wanted: string) => string): string {
  if (bound.kind === 'input') return fresh(bound.name);
  return bound.kind === 'output' ? fresh(`gradient_${outputs[bound.at]?.name ?? ''}`) : bound.kind;
}

const INDEX = { batch: '0', group: 'g', rollout: 'b' } as const;

export const inputBuffer = ({ name, type }: Input, scope: Scope): string =>
  scope.buffer({ kind: 'input', name, isTag: type.kind === 'tag', isToken: type.level === 'token' });

/** A number of `values`, as the value that it is of. */
function heldText({ op, type }: Expr, index: string, scope: Scope): string {
  const word = `${scope.buffer({ kind: 'values' })}[${index}]`;
  if (op === 'attains' || type.kind === 'tag') return `bitcast<i32>(${word})`;
  return type.kind === 'bool' ? `(${word} != 0u)` : `bitcast<f32>(${word})`;
}

/** A value as the 32 bits that `values` holds of it. */
export const bitsText = ({ op, type }: Expr, text: string): string =>
  type.kind === 'bool' && op !== 'attains' ? `select(0u, 1u, ${text})` : `bitcast<u32>(${text})`;

/** Reads a value that is no token's, at the element of a loop or at the other of a pair. */
export function coarseText(expr: Expr, scope: Scope, swapped = false): string {
  if (expr.op === 'swap') return coarseText(expr.x, scope, true);
  if (expr.op === 'attains')
    return `(${placeText(expr, scope, swapped)} == i32(${counterOf(expr, swapped)}))`;
  const known = swapped && expr.type.level === 'rollout' ? undefined : scope.locals.get(expr);
  if (known !== undefined) return known;
  const handy = scope.relayed.has(expr) ? undefined : handyText(expr, scope, swapped);
  return handy ?? sharedText(expr, scope, swapped);
}

/** A value that is at hand everywhere: constants, inputs that are no token's, and what the layout knows. */
function handyText(expr: Expr, scope: Scope, swapped: boolean): string | undefined {
  switch (expr.op) {
    case 'const': {
      const value = toDouble(expr.value);
      return expr.type.kind === 'tag' ? `i32(${value})` : realText(value);
    }
    case 'inf':
      return realText(expr.negative ? -Infinity : Infinity);
    case 'pi':
      return realText(Math.PI);
    case 'bool':
      return String(expr.value);
    case 'input': {
      if (expr.role === 'param') return `sizes.${scope.paramName(expr.name)}`;
      const { level } = expr.type;
      if (level === 'token') return undefined;
      const index = swapped && level === 'rollout' ? 'o' : INDEX[level];
      return `${inputBuffer(expr, scope)}[${index}]`;
    }
    case 'reduce':
      return isPlainCount(expr) ? sizeText(expr, scope, swapped) : undefined;
    default:
      return undefined;
  }
}

function sizeText({ from, to }: Fold, scope: Scope, swapped: boolean): string {
  if (from === 'token') return `${scope.buffer({ kind: 'lengths' })}[${swapped ? 'o' : 'b'}]`;
  if (to === 'batch') return `f32(sizes.${from === 'rollout' ? 'rollouts' : 'groups'})`;
  const size = `f32(${memberStart('g + 1u', scope)} - ${memberStart('g', scope)})`;
  return from === 'peer' ? `(${size} - 1.0)` : size;
}

/** Where in the table of members a group begins. */
export const memberStart = (group: string, scope: Scope): string =>
  `${scope.buffer({ kind: 'groups' })}[2u * sizes.rollouts + ${group}]`;
export const memberAt = (place: string, scope: Scope): string =>
  `u32(${scope.buffer({ kind: 'groups' })}[sizes.rollouts + ${place}])`;
export const groupOf = (scope: Scope): string => `let g = u32(${scope.buffer({ kind: 'groups' })}[b]);`;
/** Whether statements look at the group of a rollout. */
export const usesGroup = (lines: readonly string[]): boolean => lines.some((line) => /\bg\b/.test(line));

function sharedText(value: Expr, scope: Scope, swapped: boolean): string {
  if (isFiner(value.type.level, 'rollout')) throw new Error(`internal: ${value.op} is not there to be read`);
  return heldText(value, indexText(value, value.type.level, scope, swapped), scope);
}

/** Where in `values` a value stands, at the element of a loop. */
export function indexText(value: Expr, level: string, scope: Scope, swapped = false): string {
  const start = scope.storage.startOf(value);
  if (start === undefined) throw new Error(`internal: ${value.op} is not shared`);
  if (level === 'batch') return start;
  return `${start} + ${level === 'group' ? 'g' : swapped ? 'o' : 'b'}`;
}

/** The place of an extreme. */
export function placeText(node: Fold, scope: Scope, swapped = false): string {
  const known = swapped && node.to === 'rollout' ? undefined : scope.locals.get(node);
  return known ?? heldText(node, indexText(node, node.to, scope, swapped), scope);
}

/** What counts the elements that a coarse loop gathers; tokens have as many places at once as a lane takes. */
export function counterOf({ from }: Fold, swapped = false): string {
  if (from === 'token') throw new Error('internal: a coarse loop looks at no token');
  if (from === 'group') return 'g';
  return (from === 'rollout') === swapped ? 'o' : 'b';
}
