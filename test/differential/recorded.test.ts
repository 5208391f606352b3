/** Losses and gradients that other projects' own code returned: each is reproduced by the float64 reference. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { evaluateProgram } from '../../src/evaluation.js';
import { isSingle } from '../../src/report/evaluated.js';
import { filesUnder, read } from '../sources.js';

interface Row {
  readonly recorded: string;
  readonly objective: string;
  readonly params: Readonly<Record<string, number>>;
  readonly advantage: 'none' | 'reward' | 'input';
  readonly lossTolerance?: number;
}
interface RecordedCase {
  readonly case: string;
  readonly batch: { readonly mask: readonly (readonly number[])[]; readonly advantage: readonly number[] };
  readonly loss: number;
  readonly grad_logp: readonly (readonly number[])[];
}

const rows = JSON.parse(read('test/recorded-variants/table.json')) as readonly Row[];
const casesOf = (file: string): readonly RecordedCase[] =>
  (JSON.parse(read(`test/recorded/${file}`)) as { readonly cases: readonly RecordedCase[] }).cases;

/** The bar, and an absolute one for sums of terms of order 1 that cancel. */
const RELATIVE = 1e-9;
const CANCELLED = 1e-15;
const agrees = (own: number, recorded: number, relative = RELATIVE): boolean =>
  Math.abs(own - recorded) <= Math.max(relative * Math.abs(recorded), CANCELLED);

test('every recorded file is reproduced by some row', () => {
  const files = filesUnder('test/recorded').filter((path) => path.endsWith('.json'));
  expect(new Set(rows.map(({ recorded }) => `test/recorded/${recorded}`))).toEqual(new Set(files));
});

describe.each(rows)(
  '$recorded by $objective',
  ({ recorded, objective, params, advantage, lossTolerance }) => {
    test.each(casesOf(recorded))('$case', ({ batch, loss, grad_logp }) => {
      const { units, diagnostics } = analyze(read(objective), objective);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const [unit] = units;
      if (unit === undefined) throw new Error('no objective');
      const perToken = batch.mask.map((row, at) => row.map(() => batch.advantage[at]));
      const given =
        advantage === 'input' ? { ...batch, advantage: perToken } : { ...batch, advantage: undefined };
      const outcome = evaluateProgram(unit.program, given, params);
      if ('problem' in outcome) throw new Error(outcome.problem.message);
      const { evaluation } = outcome;
      if (!isSingle(evaluation)) throw new Error('several losses');
      expect([evaluation.loss, loss, agrees(evaluation.loss, loss, lossTolerance)]).toEqual([
        evaluation.loss,
        loss,
        true,
      ]);
      const grad = evaluation.grad['logp'] as readonly (readonly number[])[];
      expect(grad.map((row) => row.length)).toEqual(grad_logp.map((row) => row.length));
      grad.forEach((row, at) =>
        row.forEach((own, position) => {
          const theirs = grad_logp[at]?.[position] ?? NaN;
          if (!agrees(own, theirs)) expect.fail(`grad[${at}][${position}]: ${own}, recorded ${theirs}`);
        }),
      );
    });
  },
);
