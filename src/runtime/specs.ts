/** What a generated module says of its inputs and parameters. */

/** A set of numbers: listed, or an interval that may hold integers only. Infinite ends are open. */
export type FixedDomain =
  | { readonly kind: 'set'; readonly values: readonly number[] }
  | { readonly kind: 'interval'; readonly integer: boolean; readonly interval: Interval };
/** An end of an interval: a number, or the value of an earlier parameter or its negative. */
export type DomainBound = number | { readonly param: string; readonly negative: boolean };
export type Domain =
  | FixedDomain
  | {
      readonly kind: 'dependent';
      readonly integer: boolean;
      readonly low: DomainBound;
      readonly high: DomainBound;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    };

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

export interface InputSpec {
  readonly name: string;
  /** A `tag` is an integer id: its tensor is of int32. */
  readonly role: 'model' | 'data' | 'tag';
  readonly level: 'batch' | 'group' | 'rollout' | 'token';
  /** Absent: any number. */
  readonly domain?: Domain;
}

export interface ParamSpec {
  readonly name: string;
  readonly domain: Domain;
  /** Absent: the caller has to give a value. */
  readonly default?: number;
}
