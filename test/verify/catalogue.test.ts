/**
 * Every claim of the catalogue, and of the design study's verdict table, is decided as its file says, and its certificate accepted;
 * those that are not yet are listed, and a claim that is decided, or accepted, after all has to leave its list.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import type { Verdict } from '../../src/proof/verdict.js';
import { recheck } from '../../src/recheck.js';
import { claimText } from '../../src/report/claim-text.js';
import { budgetOf } from '../../src/verify/budget.js';
import { DEFAULT_STEPS, verifyClaim } from '../../src/verify/verify.js';
import { filesUnder, ROOT } from '../sources.js';

const listed = (path: string): ReadonlySet<string> =>
  new Set(
    readFileSync(join(ROOT, path), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
const undecided = listed('test/verify/undecided.txt');
const refused = listed('test/recheck/refused.txt');

/** What the checker says of a verdict, as it would read it from its files. */
function recheckedOf(text: string, name: string, { certificate, witness }: Verdict): string | undefined {
  if (certificate === undefined) return undefined;
  const plain = (one: unknown): unknown => (one === undefined ? undefined : JSON.parse(JSON.stringify(one)));
  const outcome = recheck({
    text,
    name,
    certificate: plain(certificateJson(certificate)),
    witness: plain(witness),
  });
  return outcome.accepted ? 'accepted' : `refused: ${outcome.reason}`;
}

const files = [...filesUnder('objectives'), ...filesUnder('test/claims')].filter(
  (path) => path.endsWith('.obj') && !path.includes('/std/'),
);

describe('claims', () => {
  test.each(files)('%s', (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const { units, source } = analyze(text, path);
    expect(units.length).toBeGreaterThan(0);
    for (const { program } of units)
      program.claims.forEach(({ mode, span }, at) => {
        const verdict = verifyClaim(program, at, budgetOf(DEFAULT_STEPS));
        const name = `${program.name}: ${mode} ${claimText(source, span).text}`;
        // What is not decided fails; what is decided is never the opposite of what the file says.
        expect(undecided.has(name) ? [name, 'unknown'] : [name, verdict.passes]).toEqual([
          name,
          undecided.has(name) ? verdict.status : true,
        ]);
        const rechecked = recheckedOf(text, path, verdict);
        if (rechecked === undefined) return;
        if (refused.has(name)) expect([name, rechecked]).not.toEqual([name, 'accepted']);
        else expect([name, rechecked]).toEqual([name, 'accepted']);
      });
  });
  test('the lists name claims that exist', () => {
    const names = files.flatMap((path) => {
      const { units, source } = analyze(readFileSync(join(ROOT, path), 'utf8'), path);
      return units.flatMap(({ program }) =>
        program.claims.map(({ mode, span }) => `${program.name}: ${mode} ${claimText(source, span).text}`),
      );
    });
    expect([...undecided, ...refused].filter((name) => !names.includes(name))).toEqual([]);
  });
});
