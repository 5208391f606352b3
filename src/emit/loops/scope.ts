/** What the values of a fused plan are called in JavaScript, where they are held, and how one is read at an element. */
import { toDouble } from '../../ir/constant.js';
import type { Expr } from '../../ir/expr.js';
import { isPlainCount } from '../../plan/fused/expand.js';
import type { Fold, FusedPlan } from '../../plan/fused/program.js';
import { codeIn } from '../element-code.js';
import { HOST } from '../javascript/host.js';
import { numberText, type Names } from '../javascript/names.js';
import { nounFor } from '../javascript/nouns.js';

export interface Naming {
  readonly names: Names;
  /** The local variable of each parameter. */
  readonly paramName: (name: string) => string;
  /** The local variable of each input: an array, or a number. */
  readonly inputName: (name: string) => string;
  /** What makes an element of an array certain: `!` in TypeScript, nothing in JavaScript. */
  readonly sure: '!' | '';
}

/**
 * Names that the statements take: the loops' variables (`g` group, `b` rollout, `o` the other of a pair, `i` a token of
 * the batch, `at` the first of some that are taken together, `j` the same token within its rollout), what the layout knows, and what makes arrays.
 */
export const LOOP_NAMES: readonly string[] = [
  ...['g', 'b', 'o', 'i', 'j', 'm', 'r', 'at', 'end', 'realArray', 'flagArray', 'placeArray'],
  ...[
    'laneArray',
    'laneFlags',
    'scratch',
    'quantileOf',
    'from',
    'to',
    'kernels',
    'memory',
    'engine',
    'loops',
  ],
  ...['rollouts', 'groups', 'positions', 'groupOf', 'members', 'memberStart'],
  ...['lengths', 'runOf', 'runStart', 'runEnd'],
];

export interface Scope {
  readonly plan: FusedPlan;
  readonly naming: Naming;
  /** The variable of a shared value: a number of the batch, or an array with one per group or rollout. */
  readonly shared: (value: Expr) => string;
  /** The array in which a rollout keeps a value of every token for its later steps. */
  readonly row: (value: Expr) => string;
  /** The array in which a value of every token is stored. */
  readonly store: (value: Expr) => string;
  /** A new variable for a value. */
  readonly fresh: (value: Expr, suffix?: string) => string;
}

export function scopeFor(plan: FusedPlan, naming: Naming): Scope {
  const fresh = (value: Expr, suffix = ''): string =>
    naming.names.fresh(`${plan.names.get(value) ?? nounFor(value)}${suffix}`);
  const remembered = (suffix: string): ((value: Expr) => string) => {
    const known = new Map<Expr, string>();
    return (value) => {
      const name = known.get(value) ?? fresh(value, suffix);
      known.set(value, name);
      return name;
    };
  };
  return {
    plan,
    naming,
    fresh,
    shared: remembered(''),
    row: remembered('_row'),
    store: remembered('_stored'),
  };
}

export const element = ({ naming }: Scope, array: string, index: string): string =>
  `${array}[${index}]${naming.sure}`;

const INDEX = { batch: '', group: 'g', rollout: 'b', token: 'i' } as const;

/** The text of a value that is at hand everywhere: constants, inputs, and what the layout knows. */
export function handyText(expr: Expr, scope: Scope, swapped = false): string | undefined {
  switch (expr.op) {
    case 'const': {
      const value = toDouble(expr.value);
      return value < 0 ? `(${numberText(value)})` : numberText(value);
    }
    case 'inf':
      return expr.negative ? '(-Infinity)' : 'Infinity';
    case 'pi':
      return 'Math.PI';
    case 'bool':
      return String(expr.value);
    case 'input': {
      if (expr.role === 'param') return scope.naming.paramName(expr.name);
      const name = scope.naming.inputName(expr.name);
      const { level } = expr.type;
      return level === 'batch' ? name : element(scope, name, swapped ? 'o' : INDEX[level]);
    }
    case 'reduce':
      return isPlainCount(expr) ? sizeText(expr.from, expr.to, scope, swapped) : undefined;
    default:
      return undefined;
  }
}

function sizeText(from: string, to: string, scope: Scope, swapped: boolean): string {
  const size = `(${element(scope, 'memberStart', 'g + 1')} - ${element(scope, 'memberStart', 'g')})`;
  if (from === 'token') return element(scope, 'lengths', swapped ? 'o' : 'b');
  if (from === 'peer') return `(${size} - 1)`;
  if (to === 'group') return size;
  return from === 'rollout' ? 'rollouts' : 'groups';
}

/** A shared value, at the element that the loop is at, or of the other of a pair. */
export function sharedText(value: Expr, scope: Scope, swapped = false): string {
  const { level, kind } = value.type;
  const name = scope.shared(value);
  if (level === 'batch') return name;
  const text = element(scope, name, level === 'group' ? 'g' : swapped ? 'o' : 'b');
  return kind === 'bool' ? `(${text} === 1)` : text;
}

/** The place of a shared extreme. */
export function placeText(node: Fold, scope: Scope, swapped = false): string {
  const name = scope.shared(node);
  if (node.to === 'batch') return name;
  return element(scope, name, node.to === 'group' ? 'g' : swapped ? 'o' : 'b');
}

/** What counts the elements that an extreme is of. */
export const counterOf = ({ from }: Fold, swapped = false): string =>
  from === 'token'
    ? 'i'
    : from === 'group'
      ? 'g'
      : from === 'rollout'
        ? swapped
          ? 'o'
          : 'b'
        : swapped
          ? 'b'
          : 'o';

/** Whether the token `by` places earlier is one of the rollout. */
export function insideText(by: number, scope: Scope): string {
  if (by === 0) return 'true';
  return by > 0 ? `(j >= ${String(by)})` : `(j < ${element(scope, 'lengths', 'b')} - ${String(-by)})`;
}

/** Makes an array of so many values, of a kind that holds them. */
export const arrayText = ({ op, type }: Expr, size: string): string =>
  `${op === 'attains' ? 'placeArray' : type.kind === 'bool' ? 'flagArray' : 'realArray'}(${size})`;

export const sizeOfLevel = (level: string): string => (level === 'group' ? 'groups' : 'rollouts');

/** Makes an array of a value per token, of a rollout or of the batch, as kernels hold it. */
export const lanesText = ({ type }: Expr, size: string): string =>
  `${type.kind === 'bool' ? 'laneFlags' : 'laneArray'}(${size})`;

/** The statements of one element in JavaScript. */
export const codeFor = codeIn({ templates: HOST, declares: 'const' });
