/** What `explain` says of every objective: read the difference when it changes, as code is read. */
import { describe, expect, test } from 'vitest';
import { analyze, explain } from '../../src/compile.js';
import { explainLatex } from '../../src/report/explain-latex.js';
import { explainText } from '../../src/report/explain-text.js';
import { filesUnder, read } from '../sources.js';

const names = filesUnder('objectives')
  .filter((path) => path.endsWith('.obj') && !path.startsWith('objectives/std/'))
  .map((path) => path.slice('objectives/'.length, -'.obj'.length));

describe.each(names)('%s', (name) => {
  const path = `objectives/${name}.obj`;
  const { units, source } = analyze(read(path), path);
  const [unit] = units;
  if (unit === undefined) throw new Error(`${path} is wrong`);

  test('as text', async () => {
    await expect(explainText(explain(unit, source, 'unicode'))).toMatchFileSnapshot(`${name}/explain.txt`);
  });
  test('as LaTeX', async () => {
    await expect(explainLatex(explain(unit, source, 'latex'))).toMatchFileSnapshot(`${name}/formula.tex`);
  });
});
