/** What a kernel is called with: one number for each thing of its surroundings that it reads or writes. */
import type { Expr, Input } from '../../ir/expr.js';
import type { Local, ValueType } from './code.js';

/** What the layout of a batch knows: arrays of integers, and sizes. */
export type LayoutArray = 'groupOf' | 'memberStart' | 'lengths' | 'runOf' | 'runStart' | 'runEnd';
export type LayoutSize = 'rollouts' | 'groups' | 'positions';

export type Argument =
  /** Where an array begins in memory, in bytes. */
  | { readonly kind: 'layout'; readonly name: LayoutArray }
  | { readonly kind: 'input'; readonly value: Input }
  | { readonly kind: 'shared'; readonly value: Expr }
  | { readonly kind: 'row'; readonly value: Expr }
  | { readonly kind: 'store'; readonly value: Expr }
  | { readonly kind: 'output'; readonly at: number }
  /** Room for one vector. */
  | { readonly kind: 'scratch' }
  /** A number of the batch: a size, a parameter, an input or a shared value of it. Conditions are 0 and 1. */
  | { readonly kind: 'size'; readonly name: LayoutSize }
  | { readonly kind: 'number'; readonly value: Expr };

export interface Arguments {
  /** The parameter that holds it, added where it is new. */
  readonly of: (argument: Argument) => Local;
  readonly all: () => readonly Argument[];
  /** `(param $a0 i32) …`, in the order of `all`. */
  readonly declarations: () => string;
}

export function emptyArguments(): Arguments {
  const all: Argument[] = [];
  const isSame = (a: Argument, b: Argument): boolean =>
    a.kind === b.kind &&
    ('value' in a ? 'value' in b && a.value === b.value : true) &&
    ('name' in a ? 'name' in b && a.name === b.name : true) &&
    ('at' in a ? 'at' in b && a.at === b.at : true);
  return {
    of(argument) {
      const known = all.findIndex((one) => isSame(one, argument));
      if (known >= 0) return `$a${known}`;
      all.push(argument);
      return `$a${all.length - 1}`;
    },
    all: () => all,
    declarations: () => all.map((one, at) => `(param $a${at} ${typeOf(one)})`).join(' '),
  };
}

/** Numbers are float64, conditions and places integers. */
export function typeOf(argument: Argument): ValueType {
  if (argument.kind !== 'number') return 'i32';
  return argument.value.type.kind === 'real' && argument.value.op !== 'attains' ? 'f64' : 'i32';
}
