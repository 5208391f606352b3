/** A known difference between implementations of one objective: what it is, who does it, and what it would give. */
import type { Program } from '../ir/program.js';
import type { Result, Tolerance, Vector } from '../vectors/vector.js';
import type { Batch, Params } from '../vectors/vector.js';
import { agree, type Found } from './compare.js';

/** What an implementation gave on one vector. */
export interface Observation {
  readonly vector: Vector;
  readonly found: Found;
  /** Whether loss and gradients are the expected ones. */
  readonly agrees: boolean;
}
export interface Subject {
  readonly program: Program;
  /** Every vector with a result, those that do not agree first. */
  readonly observations: readonly Observation[];
  /** What a program gives; nothing where it does not take the batch or the parameters. */
  readonly evaluate: (program: Program, batch: Batch, params: Params) => Result | undefined;
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

/** The assumption that another program was implemented; `more` are parameters that only that program has. */
export const implementing = (
  subject: Subject,
  label: string,
  program: Program | undefined,
  more: (batch: Batch) => Params = () => ({}),
): readonly Hypothesis[] =>
  program === undefined
    ? []
    : [
        {
          ...predicting(subject, label, ({ batch, params }) =>
            subject.evaluate(program, batch, { ...params, ...more(batch) }),
          ),
          program,
        },
      ];

/** What the subject's own program gives on a vector, before a numeric change. */
export const plainly = ({ program, evaluate }: Subject, { batch, params }: Vector): Result | undefined =>
  evaluate(program, batch, params);
