/** `npm run fuzz:verify -- [CASES] [SEED]`: puts proofs of random claims to the test, and prints a table. */
import { fuzz, type Outcome } from '../test/verify/soundness/fuzz.js';

const [cases = 20_000, first = 1] = process.argv.slice(2).map(Number);
const outcomes: Outcome[] = [];
let refusedPrograms = 0;
for (let seed = first; seed < first + cases; seed += 1) {
  const outcome = fuzz(seed, { steps: 100_000, samples: 4, rechecked: true });
  if (outcome === undefined) refusedPrograms += 1;
  else outcomes.push(outcome);
  for (const line of [...(outcome?.wrong ?? []), ...(outcome?.refused ?? [])]) console.error(line);
  if ((seed - first + 1) % 1000 === 0) console.error(`${String(seed - first + 1)} of ${String(cases)}`);
}
const sum = (of: (one: Outcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0);
const wrong = sum((one) => one.wrong.length);
const refused = sum((one) => one.refused.length);
console.log(`| | seeds ${String(first)}–${String(first + cases - 1)} |
|---|---|
| objectives | ${String(outcomes.length)} |
| not programs | ${String(refusedPrograms)} |
| claims proved | ${String(sum((one) => one.proved))} |
| claims refuted | ${String(sum((one) => one.refuted))} |
| claims unknown | ${String(sum((one) => one.unknown))} |
| proofs contradicted by sampling | ${String(wrong)} |
| certificates refused by the checker | ${String(refused)} |`);
process.exitCode = wrong + refused > 0 ? 1 : 0;
