/**
 * `npx tsx scripts/exhaustive-math.ts [STEP] [NAMES]`: the vector functions of the wasm backend on every float32 there is, or
 * every STEP-th, and powers on many pairs, against the reference; prints the table of docs/performance.md. About two
 * minutes a function.
 */
import { VECTOR_FUNCTIONS } from '../src/emit/wasm/math/index.js';
import { UNARY_OPS } from '../src/ir/expr.js';
import { accuracies, everyPattern, powers, type Accuracy } from '../test/emit/wasm/accuracy.js';
import { binarySubject, unarySubject } from '../test/emit/wasm/subjects.js';
import { VARIANTS } from '../test/emit/wasm/vector-module.js';

const words = process.argv.slice(2);
const isNumber = (word: string): boolean => /^[1-9]\d*$/.test(word);
const step = Number(words.find(isNumber) ?? 1);
const names = words.filter((word) => !isNumber(word));
/** Without names those that are no single instruction; `not` is of conditions, which are no numbers. */
const CLOSED: readonly string[] = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'sigmoid',
  'softplus',
  'tanh',
  'sign',
  'pow',
];
const wanted = (name: string): boolean => (names.length === 0 ? CLOSED : names).includes(name);

console.log(
  `| function | bound | ${VARIANTS.map(({ name }) => `${name}: distance | error`).join(' | ')} | operands |`,
);
console.log(`|---|---|${VARIANTS.map(() => '---|---|').join('')}---|`);
for (const op of UNARY_OPS.filter(wanted))
  report(
    op,
    VECTOR_FUNCTIONS.unary[op].ulp,
    await accuracies(unarySubject(op), VARIANTS, everyPattern(step)),
  );
if (wanted('pow'))
  report(
    'pow',
    VECTOR_FUNCTIONS.binary.pow.ulp,
    await accuracies(binarySubject('pow'), VARIANTS, powers(97 * step)),
  );

function report(name: string, bound: number, found: readonly Accuracy[]): void {
  const cells = found.map(({ ulp, error, at }) => {
    if (ulp > bound) {
      console.error(`${name}: ${String(ulp)} ulp at ${at.join(', ')}, more than its bound`);
      process.exitCode = 1;
    }
    return `${String(ulp)} | ${error.toFixed(2)}`;
  });
  console.log(`| ${name} | ${String(bound)} | ${cells.join(' | ')} | ${String(found[0]?.count ?? 0)} |`);
}
