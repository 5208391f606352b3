/** What the inputs of an objective stand for, by the names that everyone uses. Any other name is just a number. */
import type { DrawnInput } from './scene.js';

/** A log-probability: at most 0. */
export const isLogProbability = ({ name }: { readonly name: string }): boolean =>
  /log_?p(rob)?s?(_|\d|$)/i.test(name);

/** An integer id that is only compared: never moved, and drawn from a few. */
export const isTag = (input: { readonly role: string }): boolean => input.role === 'tag';

/** Says how good a rollout is, so that degenerate groups are made of it. */
export const isOutcome = (input: DrawnInput): boolean =>
  input.role === 'data' &&
  (/reward|score|label|correct|advantage|outcome|accuracy/i.test(input.name) || input.domain?.kind === 'set');

export const modelsOf = (inputs: readonly DrawnInput[]): readonly DrawnInput[] =>
  inputs.filter(({ role }) => role === 'model');

/** The model's log-probability that a reference is close to: the one of the same level, or itself if it is the model's. */
export const modelFor = (reference: DrawnInput, inputs: readonly DrawnInput[]): DrawnInput | undefined =>
  modelsOf(inputs).find((one) => isLogProbability(one) && one.level === reference.level);

/** Log-probabilities under other policies than the one that is trained: old, reference, rollout engine. */
export const referencesIn = (inputs: readonly DrawnInput[]): readonly DrawnInput[] =>
  inputs.filter((one) => one.role === 'data' && isLogProbability(one) && modelFor(one, inputs) !== undefined);
