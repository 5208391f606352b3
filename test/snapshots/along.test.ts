/** What `explain` says, and what is emitted, of objectives that go along a rollout. */
import { describe, expect, test } from 'vitest';
import { analyze, explain } from '../../src/compile.js';
import { explainLatex } from '../../src/report/explain-latex.js';
import { explainText } from '../../src/report/explain-text.js';
import { emitted } from '../emit/compiled.js';
import { read } from '../sources.js';

describe.each(['future_kl', 'future_weight', 'gae'])('%s', (name) => {
  const path = `test/snapshots/along/${name}.obj`;
  const { units, source, diagnostics } = analyze(read(path), path);
  const [unit] = units;
  if (unit === undefined) throw new Error(`${path} is wrong: ${JSON.stringify(diagnostics)}`);

  test('as text', async () => {
    await expect(explainText(explain(unit, source, 'unicode'))).toMatchFileSnapshot(`along/${name}.txt`);
  });
  test('as LaTeX', async () => {
    await expect(explainLatex(explain(unit, source, 'latex'))).toMatchFileSnapshot(`along/${name}.tex`);
  });
  test('as code', async () => {
    const [text = ''] = await emitted(unit.program, { layout: true });
    const from = text.indexOf('export function lossAndGradients');
    const body = text.slice(from, text.indexOf('\n}\n', from) + 3);
    await expect(body).toMatchFileSnapshot(`along/${name}.ts.txt`);
  });
});
