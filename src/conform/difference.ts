/** A known difference between implementations of one objective: what it is, who does it, and what it would give. */
import type { Program } from '../ir/program.js';
import type { Result, Tolerance, Vector } from '../vectors/vector.js';
import type { Batch, Params, Tree } from '../vectors/vector.js';
import { agree, type Found } from './compare.js';

/** What an implementation gave on one vector. */
export interface Observation {
  readonly vector: Vector;
  readonly found: Found;
  /** Whether loss and gradients are the expected ones. */
  readonly agrees: boolean;
  /** That of the vector's own numbers. */
  readonly tolerance: Tolerance;
}
export interface Subject {
  readonly program: Program;
  /** Every vector with a result, those that do not agree first. */
  readonly observations: readonly Observation[];
  /** What a program gives; nothing where it does not take the batch or the parameters. */
  readonly evaluate: (program: Program, batch: Batch, params: Params) => Result | undefined;
  /** Its loss alone, which is cheap: most programs need not be differentiated to be ruled out. */
  readonly lossOf: (program: Program, batch: Batch, params: Params) => Tree | undefined;
  readonly toleranceFor: (expected: Result) => Tolerance;
}
export interface Hypothesis {
  /** What exactly is assumed, where a difference has several forms. */
  readonly label: string;
  /** Whether what was observed is what the assumption predicts. */
  readonly accounts: (observation: Observation) => boolean;
  /** The objective that is assumed to have been implemented, where it is one. */
  readonly program?: Program;
}
export interface Difference {
  readonly name: string;
  /**
   * Another `formula` was implemented; or a `factor` stands around the right one; or it was put to `use` with other
   * inputs than the vector's; or a `symptom` is seen whose reason lies in how the formula is computed.
   */
  readonly kind: 'formula' | 'factor' | 'use' | 'symptom';
  /** What the implementation does, in place of what the objective says. */
  readonly title: string;
  readonly explanation: string;
  /** Projects and threads in which it was met. */
  readonly knownFrom: readonly string[];
  readonly hypotheses: (subject: Subject) => readonly Hypothesis[];
}

/** The assumption that an implementation gives what `predict` says. */
export const predicting = (
  subject: Subject,
  label: string,
  predict: (vector: Vector) => Result | undefined,
): Hypothesis => ({
  label,
  accounts: ({ vector, found }) => {
    const expected = predict(vector);
    return expected !== undefined && agree(expected, found, subject.toleranceFor(expected));
  },
});

/** Whether a loss alone is near what was found; the tolerance is that of other numbers, so it only rules out. */
const lossAgrees = (loss: Tree | undefined, { found, tolerance: { rtol, atol } }: Observation): boolean =>
  loss !== undefined &&
  found.loss !== undefined &&
  agree({ loss, grad: {} }, { loss: found.loss, grad: {} }, { rtol: LENIENT * rtol, atol: LENIENT * atol });
const LENIENT = 100;

/** The assumption that another program was implemented; `more` are parameters that only that program has. */
export const implementing = (
  subject: Subject,
  label: string,
  program: Program | undefined,
  more: (batch: Batch) => Params = () => ({}),
): readonly Hypothesis[] => (program === undefined ? [] : [implementingOne(subject, label, program, more)]);

function implementingOne(
  subject: Subject,
  label: string,
  program: Program,
  more: (batch: Batch) => Params,
): Hypothesis {
  const given = ({ batch, params }: Vector): Params => ({ ...params, ...more(batch) });
  const whole = predicting(subject, label, (vector) =>
    subject.evaluate(program, vector.batch, given(vector)),
  );
  return {
    label,
    program,
    accounts: (observation) => {
      const { vector } = observation;
      const loss = subject.lossOf(program, vector.batch, given(vector));
      return lossAgrees(loss, observation) && whole.accounts(observation);
    },
  };
}

/** What the subject's own program gives on a vector, before a numeric change. */
export const plainly = ({ program, evaluate }: Subject, { batch, params }: Vector): Result | undefined =>
  evaluate(program, batch, params);
