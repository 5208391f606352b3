/** The parts of TensorFlow's SavedModel format that a compiled objective needs, as plain data. */

export type DType = 'float32' | 'int32' | 'bool';

/** A constant's value; scalars have the shape []. */
export interface TensorValue {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
export type Attr =
  | { readonly kind: 'type'; readonly value: DType }
  | { readonly kind: 'types'; readonly value: readonly DType[] }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'function'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: TensorValue }
  /** Sizes that are not known are −1. */
  | { readonly kind: 'shape'; readonly value: readonly number[] };
export type Attrs = Readonly<Record<string, Attr>>;

export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** In a graph `node` or `node:index`; in a function an argument's name or `node:output:index`. */
  readonly inputs: readonly string[];
  readonly attrs: Attrs;
}
export interface Argument {
  readonly name: string;
  readonly dtype: DType;
}
export interface Result extends Argument {
  /** What is returned, as a node's input names it. */
  readonly from: string;
}
export interface FunctionDef {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly results: readonly Result[];
  readonly nodes: readonly NodeDef[];
  readonly attrs: Attrs;
}
/** A tensor of the graph under the name that callers use; sizes that are not known are −1. */
export interface TensorInfo {
  readonly key: string;
  readonly tensor: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}
export interface SignatureDef {
  readonly name: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}
export interface SavedModel {
  /** Says what made the model, and from what. */
  readonly origin: string;
  readonly nodes: readonly NodeDef[];
  readonly functions: readonly FunctionDef[];
  readonly signatures: readonly SignatureDef[];
}

export const type = (value: DType): Attr => ({ kind: 'type', value });
export const types = (value: readonly DType[]): Attr => ({ kind: 'types', value });
export const int = (value: number): Attr => ({ kind: 'int', value });
export const bool = (value: boolean): Attr => ({ kind: 'bool', value });
export const functionNamed = (value: string): Attr => ({ kind: 'function', value });
export const tensor = (value: TensorValue): Attr => ({ kind: 'tensor', value });
export const shape = (value: readonly number[]): Attr => ({ kind: 'shape', value });
