/** What is wanted of a program's plans: each loss with its gradients, and the metrics. */
import type { Level } from '../base/level.js';
import type { DerivedLoss, DerivedProgram } from '../ir/program.js';
import type { Wanted } from './prepared.js';

/** The level of an input, by its name. */
export const levelOf = ({ inputs }: DerivedProgram, name: string): Level =>
  inputs.find((one) => one.name === name)?.level ?? 'batch';

/** The loss first, and then its gradients, by the inputs' names. */
export const wantedOf = (program: DerivedProgram, { loss, gradients }: DerivedLoss): readonly Wanted[] => [
  { name: 'loss', level: 'batch', value: loss },
  ...gradients.map(({ input, value }): Wanted => ({ name: input, level: levelOf(program, input), value })),
];

export const wantedMetrics = ({ metrics }: DerivedProgram): readonly Wanted[] =>
  metrics.map(({ name, value }): Wanted => ({ name, level: 'batch', value }));
