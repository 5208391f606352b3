/**
 * The task `sort8`: eight digits and a colon, answered by the digits in ascending order (`47559109:` → `01455799`).
 * The verifier is exact: reward 1 for the right answer followed by the end symbol, else 0; there is no partial credit.
 */
import { type Rng } from './rng.js';

/** One character per token id; id 0 ends a rollout. Digits and colon are in use, the rest of the 18 is spare. */
const symbols = '$0123456789:+-*=()';
const digitCount = 8;

export const vocabularySize = 18;
export const endToken = 0;
/** Tokens of a prompt: the digits and the colon. */
export const promptLength = digitCount + 1;
/** Most tokens of a rollout: the digits and the end symbol. */
export const rolloutLength = digitCount + 1;

export type Split = 'train' | 'held out';

export function encode(text: string): number[] {
  return Array.from(text, (character) => symbols.indexOf(character));
}

export function decode(tokens: Iterable<number>): string {
  return Array.from(tokens, (token) => symbols[token] ?? '?').join('');
}

/** FNV-1a hash of a prompt; one prompt in eight is held out, always the same ones. */
export function splitOf(prompt: string): Split {
  let hash = 2166136261;
  for (const character of prompt) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 7) % 8 === 0 ? 'held out' : 'train';
}

/** A random prompt of the split. */
export function drawPrompt(split: Split, rng: Rng): string {
  for (;;) {
    const digits = Array.from({ length: digitCount }, () => rng.integer(10));
    const prompt = `${digits.join('')}:`;
    if (splitOf(prompt) === split) return prompt;
  }
}

/** The one right answer, without the end symbol. */
export function solve(prompt: string): string {
  return Array.from(prompt.slice(0, digitCount)).sort().join('');
}

/** The reward of a rollout: `tokens` as sampled, the end symbol included. */
export function verify(prompt: string, tokens: Iterable<number>): 0 | 1 {
  return decode(tokens) === `${solve(prompt)}$` ? 1 : 0;
}
