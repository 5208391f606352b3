/** How a name is matched: letters, marks, digits and `_` of any script. It does not know which words are reserved. */
import type { CustomPatternMatcherFunc } from 'chevrotain';

const NAME = /[\p{L}_][\p{L}\p{M}\p{Nd}_]*/uy;

/** A custom matcher, because Chevrotain drops the `u` flag of token patterns. */
export const matchName: CustomPatternMatcherFunc = (text, offset) => {
  NAME.lastIndex = offset;
  return NAME.exec(text);
};

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/**
 * The UTF-16 units a name may start with, for Chevrotain's first-character index: it keeps one entry per unit below
 * 256, and above that one per block of 256, so one member of each block stands for the block.
 */
export const nameStarts: number[] = [
  ...range(0x41, 0x5a),
  0x5f,
  ...range(0x61, 0x7a),
  ...range(0xaa, 0xff),
  ...range(1, 0xff).map((block) => block * 256),
];

/** The same for a token that may start with anything. */
export const anyStart: number[] = [...range(0, 0xff), ...range(1, 0xff).map((block) => block * 256)];
