/**
 * `npm run fuzz:verify -- [CASES] [SEED]`: puts proofs of random claims to the test, and prints a table. `-- mutants` does so with every
 * mutant of the catalogue.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fuzz, type Outcome } from '../test/verify/soundness/fuzz.js';
import { judged, mutantsOf, type Judged } from '../test/verify/soundness/mutants.js';

const words = process.argv.slice(2);
process.exitCode = words[0] === 'mutants' ? mutants() : random(...words.map(Number));

/** Claims are counted, and objectives drawn until there are as many. */
function random(cases = 20_000, first = 1): number {
  const outcomes: Outcome[] = [];
  const counted = (): number => sum((one) => one.proved + one.refuted + one.unknown);
  const sum = (of: (one: Outcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0);
  let seed = first;
  for (; counted() < cases; seed += 1) {
    const outcome = fuzz(seed, { steps: 150_000, samples: 4, rechecked: true });
    if (outcome !== undefined) outcomes.push(outcome);
    for (const line of [...(outcome?.wrong ?? []), ...(outcome?.refused ?? [])]) console.error(line);
    if ((seed - first + 1) % 500 === 0) console.error(`${String(counted())} of ${String(cases)}`);
  }
  const wrong = sum((one) => one.wrong.length);
  console.log(`| | seeds ${String(first)}–${String(seed - 1)} |
|---|---|
| objectives | ${String(outcomes.length)} |
| claims proved | ${String(sum((one) => one.proved))} |
| claims refuted | ${String(sum((one) => one.refuted))} |
| claims unknown | ${String(sum((one) => one.unknown))} |
| proofs contradicted by sampling | ${String(wrong)} |
| certificates refused by the checker | ${String(sum((one) => one.refused.length))} |`);
  return wrong > 0 ? 1 : 0;
}

function mutants(): number {
  const all: Judged[] = [];
  for (const file of readdirSync('objectives').filter((name) => name.endsWith('.obj')))
    for (const mutant of mutantsOf(readFileSync(`objectives/${file}`, 'utf8')))
      all.push(...judged(mutant, { steps: 300_000, samples: 5 }));
  const broken = all.filter(({ contradiction }) => contradiction !== undefined);
  const count = (status: Judged['status']): number => broken.filter((one) => one.status === status).length;
  for (const { claim, status, contradiction } of broken)
    if (status === 'proved') console.error(`${claim}: proved, but ${contradiction ?? ''}`);
  console.log(`| claims of mutants | ${String(all.length)} |
|---|---|
| false by sampling | ${String(broken.length)} |
| of these refuted | ${String(count('refuted'))} |
| unknown | ${String(count('unknown'))} |
| proved | ${String(count('proved'))} |`);
  return count('proved') > 0 ? 1 : 0;
}
