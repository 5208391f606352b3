/** The weights, gradients and kinks of four objectives print as they were written by hand, before there was code. */
import { describe, expect, test } from 'vitest';
import { analyze, explain } from '../../src/compile.js';
import { explainText } from '../../src/report/explain-text.js';
import { read } from '../sources.js';

describe.each(['real', 'grpo', 'gspo', 'cispo'])('%s', (name) => {
  test('its weight prints as a person would write it', () => {
    const path = `objectives/${name}.obj`;
    const { units, source } = analyze(read(path), path);
    const [unit] = units;
    if (unit === undefined) throw new Error('no objective');
    const text = explainText(explain(unit, source, 'unicode'));
    expect(text.slice(text.indexOf('Gradient weight'))).toBe(read(`test/snapshots/${name}/weight.txt`));
  });
});
