/** What the compiler writes for an objective, as TypeScript sees it: every generated tfjs module has these exports. */
import { type Scalar, type Tensor } from '@tensorflow/tfjs';

export interface InputSpec {
  readonly name: string;
  readonly role: string;
  readonly level: string;
}

export interface ParameterSpec {
  readonly name: string;
  readonly default?: number | undefined;
}

/** Where each group's rollouts stand: made on the host once per batch, freed by the caller. */
export interface Layout {
  readonly dispose: () => void;
}

/** `group`: ids per rollout, on the host. The rest are tensors: `mask` and token inputs [B, T], rollout inputs [B], … */
export type Batch = Readonly<Record<string, Tensor | readonly number[]>> & {
  readonly group: readonly number[];
  readonly mask: Tensor;
};

export type Parameters = Readonly<Record<string, number>>;

export interface ObjectiveModule {
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  readonly parameters: readonly ParameterSpec[];
  readonly prepare: (batch: { readonly group: readonly number[]; readonly mask: Tensor }) => Layout;
  /** Differentiable once, with respect to every `model` input; `report` gets the metrics of the same pass. */
  readonly loss: (
    batch: Batch,
    layout: Layout,
    parameters?: Parameters,
    report?: (metrics: Readonly<Record<string, Scalar>>) => void,
  ) => Scalar;
  /** Rejects, naming the first thing wrong with the batch or a parameter. */
  readonly validate: (batch: Batch, parameters?: Parameters) => Promise<void>;
}
