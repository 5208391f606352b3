/** What the reports of verdicts are made of: files, their objectives, a verdict for each claim; and what counts them. */
import type { Source } from '../base/source.js';
import type { Verdict } from '../proof/verdict.js';

export interface VerifiedObjective {
  readonly name: string;
  /** In the order of the claims; those that were asked for. */
  readonly verdicts: readonly Verdict[];
}

export interface Verified {
  readonly source: Source;
  readonly objectives: readonly VerifiedObjective[];
}

/** The command that shows a witness; nothing where there is none to show. */
export type Replay = (file: Verified, verdict: Verdict) => string | undefined;

export interface Placed {
  readonly file: Verified;
  readonly verdict: Verdict;
}

export const placed = (files: readonly Verified[]): readonly Placed[] =>
  files.flatMap((file) =>
    file.objectives.flatMap(({ verdicts }) => verdicts.map((verdict) => ({ file, verdict }))),
  );

export interface Tally {
  readonly claims: number;
  readonly passed: number;
  readonly failed: number;
  readonly proved: number;
  readonly refuted: number;
  readonly unknown: number;
}

export function tallied(verdicts: readonly Verdict[]): Tally {
  const count = (is: (verdict: Verdict) => boolean): number => verdicts.filter(is).length;
  const passed = count(({ passes }) => passes);
  return {
    claims: verdicts.length,
    passed,
    failed: verdicts.length - passed,
    proved: count(({ status }) => status === 'proved'),
    refuted: count(({ status }) => status === 'refuted'),
    unknown: count(({ status }) => status === 'unknown'),
  };
}

/** `9 proved, 3 refuted`; without what there is none of. */
export function statuses({ proved, refuted, unknown }: Tally): string {
  const parts: readonly (readonly [number, string])[] = [
    [proved, 'proved'],
    [refuted, 'refuted'],
    [unknown, 'unknown'],
  ];
  return parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}

/** What a report calls a claim: its label, or all of it where it has none. */
export const titleOf = ({ label, text }: Verdict): string => label ?? text;

/** What a claim is known by as long as neither its label nor, without one, its text changes; unique in its objective. */
export function keyOf({ verdicts }: VerifiedObjective, verdict: Verdict): string {
  const title = titleOf(verdict);
  const alike = verdicts.filter((one) => titleOf(one) === title);
  const at = alike.indexOf(verdict);
  return at > 0 ? `${title} (${at + 1})` : title;
}
