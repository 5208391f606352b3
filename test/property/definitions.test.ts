/** On random programs: a value that is computed by a definition is the value that is written out, and so are its derivatives. */
import { expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { evaluate } from '../../src/ir/eval.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { randomFrom, randomRagged, valuesAt } from './batches.js';
import { INPUTS, PARAMS, randomProgram } from './program-generator.js';

const PROGRAMS = 200;

/** A word that is no function and no label. */
const READ = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_]|\s*[([:])/gu;

/** Every name of the program that an expression reads, in order: not functions, labels or words of the language. */
function namesIn(expr: string, known: ReadonlySet<string>): readonly string[] {
  const found = [...expr.matchAll(READ)].map(([name]) => name);
  return [...new Set(found.filter((name) => known.has(name)))];
}

/** The same program, with each let that is a call of a definition of its own. Parameters are named after others. */
function withDefinitions(text: string): string {
  const known = new Set<string>([...INPUTS.map(({ name }) => name), ...Object.keys(PARAMS)]);
  const definitions: string[] = [];
  const body = text.replace(/^( *let (\S+) = )(.*)$/gm, (line, head: string, name: string, expr: string) => {
    const names = namesIn(expr, known);
    known.add(name);
    if (/\bgrad\(/.test(expr)) return line;
    const params = names.map((_, at) => names[at + 1] ?? names[0] ?? '');
    const renamed = expr.replace(READ, (word) => params[names.indexOf(word)] ?? word);
    definitions.push(`def define_${name}(${params.join(', ')}) = ${renamed}`);
    return `${head}define_${name}(${names.join(', ')})`;
  });
  return `${definitions.join('\n')}\n\n${body}`;
}

const programOf = (text: string): DerivedProgram | undefined => {
  const { units, diagnostics } = analyze(text);
  const errors = diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'E0501');
  if (errors.length > 0) throw new Error(`${text}\n${JSON.stringify(errors, null, 1)}`);
  return units[0]?.program;
};

const resultsOf = ({ losses, metrics }: DerivedProgram, seed: number): readonly (readonly number[])[] => {
  const random = randomFrom(seed);
  const ragged = randomRagged(random);
  const inputs = new Map(
    INPUTS.map(({ name, level }) => [name, valuesAt(ragged, level, () => 3 * random() - 1.5)]),
  );
  const values = [
    ...losses.flatMap(({ loss, gradients }) => [loss, ...gradients.map(({ value }) => value)]),
    ...metrics.map(({ value }) => value),
  ];
  return evaluate(values, ragged, { params: new Map(Object.entries(PARAMS)), inputs }).map((one) => [...one]);
};

test('random programs with definitions compute what they compute without', () => {
  let compared = 0;
  let defined = 0;
  for (let seed = 1; seed <= PROGRAMS; seed += 1) {
    const text = randomProgram(randomFrom(seed + 40_000));
    const written = programOf(text);
    const called = withDefinitions(text);
    const program = programOf(called);
    expect(program === undefined).toBe(written === undefined);
    if (program === undefined || written === undefined) continue;
    expect(resultsOf(program, seed), called).toEqual(resultsOf(written, seed));
    compared += 1;
    defined += called.split('\ndef ').length - 1;
  }
  expect(compared).toBeGreaterThan(PROGRAMS / 2);
  expect(defined).toBeGreaterThan(PROGRAMS);
});
