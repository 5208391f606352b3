/** What a generated module says of its inputs and parameters. */

/** A set of numbers: listed, or an interval that may hold integers only. Infinite ends are open. */
export type Domain =
  | { readonly kind: 'set'; readonly values: readonly number[] }
  | { readonly kind: 'interval'; readonly integer: boolean; readonly interval: Interval };

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

export interface InputSpec {
  readonly name: string;
  readonly role: 'model' | 'data';
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
