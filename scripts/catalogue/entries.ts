/** What the catalogue says of one objective: its explanation, its documentation and its claims, from the compiler. */
import { readFileSync } from 'node:fs';
import { textOf, type Source } from '../../src/base/source.js';
import type { Claim } from '../../src/check/model.js';
import { analyze, explain, type Unit } from '../../src/compile.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import type { Explanation } from '../../src/report/explanation.js';

export interface ClaimText {
  readonly holds: boolean;
  readonly label: string;
  /** As the program states it, without mode and label. */
  readonly statement: string;
}
export interface Entry {
  readonly name: string;
  readonly program: DerivedProgram;
  readonly explanation: Explanation;
  readonly claims: readonly ClaimText[];
}

/** Reads and analyses one file of objectives/. */
export function entry(name: string): Entry {
  const path = `objectives/${name}.obj`;
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const { units, source, diagnostics } = analyze(text, path);
  const [unit] = units;
  if (unit === undefined) throw new Error(`${path}: ${diagnostics.map(({ title }) => title).join(', ')}`);
  return {
    name,
    program: unit.program,
    explanation: explain(unit, source, 'unicode'),
    claims: claimsOf(unit, source),
  };
}

const claimsOf = ({ model }: Unit, source: Source): readonly ClaimText[] =>
  model.claims.map((claim) => ({
    holds: claim.mode === 'verify',
    label: claim.label ?? '',
    statement: statement(claim, source),
  }));

const statement = ({ span }: Claim, source: Source): string =>
  textOf(source, span)
    .replace(/#[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^(verify|refute) ("[^"]*" ?)?:? ?/, '')
    .trim();
