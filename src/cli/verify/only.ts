/** `--only`: the claims that a pattern names. */
import { nearest } from '../../base/suggest.js';
import type { Asked } from '../../verification.js';
import { Failure } from '../failure.js';

/** Adds one pattern to those before it; for commander's option parser. */
export function addPattern(given: string, before: readonly string[] = []): readonly string[] {
  if (given.trim() === '') throw new Failure('--only is empty, expected a label or a pattern');
  return [...before, given.normalize('NFC')];
}

/** `*` stands for any text, `?` for one character; everything else for itself. */
function matcher(pattern: string): (text: string) => boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  const whole = new RegExp(`^${source}$`, 'u');
  return (text) => whole.test(text);
}

const titleOf = ({ label, text }: Asked): string => (label ?? text).normalize('NFC');

/** Whether a claim is asked for, by its label, or by its text where it has none. A pattern that names none is a failure. */
export function asked(
  patterns: readonly string[] | undefined,
  claims: readonly Asked[],
): (claim: Asked) => boolean {
  if (patterns === undefined) return () => true;
  const titles = claims.map(titleOf);
  const matchers = patterns.map((pattern) => {
    const matches = matcher(pattern);
    if (titles.some(matches)) return matches;
    const meant = nearest(pattern, titles);
    throw new Failure(
      `no claim is called \`${pattern}\``,
      meant === undefined
        ? 'labels are in double quotes in the source; `*` stands for any text'
        : `did you mean \`${meant}\`?`,
    );
  });
  return (claim) => matchers.some((matches) => matches(titleOf(claim)));
}
