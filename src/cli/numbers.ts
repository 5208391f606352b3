/** Numbers as options give them. */
import { Failure } from './failure.js';

/** A whole number, not negative. */
export const wholeNumber =
  (option: string) =>
  (given: string): number => {
    if (/^\d{1,10}$/.test(given)) return Number(given);
    throw new Failure(`${option} is \`${given}\`, expected a whole number`);
  };

/** A whole number that is not 0. */
export const atLeastOne =
  (option: string) =>
  (given: string): number => {
    const value = wholeNumber(option)(given);
    if (value > 0) return value;
    throw new Failure(`${option} is \`${given}\`, expected 1 at least`);
  };

/** A tolerance: a number that is not negative. */
export const tolerance =
  (option: string) =>
  (given: string): number => {
    const value = given.trim() === '' ? NaN : Number(given);
    if (value >= 0 && Number.isFinite(value)) return value;
    throw new Failure(`${option} is \`${given}\`, expected a number such as 1e-6`);
  };
