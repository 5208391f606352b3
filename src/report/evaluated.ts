/** What one objective gives on one batch, in the shape in which it is printed. */
import type { DenseValue } from '../batch/dense.js';

type Gradients = Readonly<Record<string, DenseValue>>;
interface Common {
  /** The objective's name. */
  readonly objective: string;
  readonly metrics: Readonly<Record<string, number>>;
}
/** Of an objective that minimises one value. */
export interface SingleEvaluation extends Common {
  /** What is minimised. */
  readonly loss: number;
  /** One entry per `model` input, dense in that input's own shape; 0 at masked positions. */
  readonly grad: Gradients;
}
/** Of an objective with several optimizers: by the name of each. */
export interface SeveralEvaluation extends Common {
  readonly loss: Readonly<Record<string, number>>;
  /** One entry per `model` input that the loss reaches. */
  readonly grad: Readonly<Record<string, Gradients>>;
}
export type Evaluated = SingleEvaluation | SeveralEvaluation;

/** One loss with its gradients; of several, each has a name. */
export interface EvaluatedLoss {
  readonly name?: string;
  readonly loss: number;
  readonly grad: Gradients;
}

export const isSingle = (of: Evaluated): of is SingleEvaluation => typeof of.loss === 'number';

/** Puts an evaluation together: a loss that is alone is given without its name. */
export function evaluatedOf(
  objective: string,
  losses: readonly EvaluatedLoss[],
  metrics: Evaluated['metrics'],
): Evaluated {
  const [only] = losses;
  if (only !== undefined && losses.length === 1)
    return { objective, loss: only.loss, grad: only.grad, metrics };
  const byName = <Value>(of: (loss: EvaluatedLoss) => Value): Readonly<Record<string, Value>> =>
    Object.fromEntries(losses.map((one) => [one.name ?? '', of(one)]));
  return { objective, loss: byName(({ loss }) => loss), grad: byName(({ grad }) => grad), metrics };
}

/** The losses of an evaluation, in order; of several, each has a name. */
export function lossesOf(of: Evaluated): readonly EvaluatedLoss[] {
  if (isSingle(of)) return [{ loss: of.loss, grad: of.grad }];
  const { loss, grad } = of;
  return Object.entries(loss).map(([name, value]) => ({ name, loss: value, grad: grad[name] ?? {} }));
}
