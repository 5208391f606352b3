/** What an audit says of objectives whose answers are known, and how its pages are written. */
import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.js';
import { analyze } from '../../src/compile.js';
import type { Audit } from '../../src/proof/audit.js';
import { auditHtml } from '../../src/report/audit-html.js';
import { auditLatex } from '../../src/report/audit-latex.js';
import { auditMarkdown } from '../../src/report/audit-markdown.js';
import { auditText } from '../../src/report/audit-text.js';
import type { Style } from '../../src/report/formula.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

function audited(text: string, style: Style = 'unicode'): Audit {
  const { units, source, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join('; '));
  return audit(unit, source, (program, at) => verifyClaim(program, at, budgetOf(800_000)), style);
}

const objective = (items: string, score = 's'): string => `objective audited {
  param tau in (0, inf) = 0.5
  model logp : token
  data old_logp : token
${items}
  minimize mean[token in batch](cost)
  let w = grad(cost, ${score})
}
`;
const ADVANTAGE = '  data advantage : token in [-1, 1]\n  let s = logp - old_logp\n';

const PROGRAMS: Readonly<Record<string, string>> = {
  gate: objective(`${ADVANTAGE}  let cost = -advantage * tanh(s / tau)`),
  ratio: objective(`${ADVANTAGE}  let cost = -advantage * exp(s)`),
  clip: objective(`${ADVANTAGE}  let cost = -min(exp(s) * advantage, clip(exp(s), 0.8, 1.2) * advantage)`),
  label: objective(
    '  data reward : rollout in {0, 1}\n  let s = logp - old_logp\n  let cost = if reward == 1 then softplus(-s / tau) else softplus(s / tau)',
  ),
  centred: `objective audited {
  model logp : token
  data old_logp : token
  data reward : rollout
  let s = logp - old_logp
  let advantage = reward - mean[rollout](reward)
  let cost = -min(exp(s) * advantage, clip(exp(s), 0.8, 1.2) * advantage)
  minimize mean[rollout in batch](mean[token](cost))
  let w = grad(cost, s)
}
`,
  'no policy': `objective audited {
  model logp : token
  data target : token
  let cost = square(logp - target)
  minimize mean[token in batch](cost)
  let w = grad(cost, logp)
}
`,
};
const audits = new Map(Object.entries(PROGRAMS).map(([name, text]) => [name, audited(text)]));
const said = (program: string, question: string): string => {
  const answers = audits.get(program)?.scores[0]?.answers ?? [];
  const found = answers.find((one) => one.question === question);
  return `${found?.ground ?? 'not asked'}, ${found?.judgement ?? ''}`;
};

describe('answers', () => {
  test.each([
    ['centred', 'zero-sum', 'proved, neutral'],
    ['centred', 'zero-variance', 'proved, good'],
    ['centred', 'positives-bounded', 'proved, good'],
    ['clip', 'zero-sum', 'refuted, neutral'],
    ['label', 'misassignment', 'proved, good'],
    ['ratio', 'misassignment', 'refuted, bad'],
    ['clip', 'misassignment', 'refuted, bad'],
    ['gate', 'misassignment', 'refuted, bad'],
    ['label', 'domination', 'proved, good'],
    ['ratio', 'domination', 'refuted, bad'],
    ['clip', 'domination', 'refuted, bad'],
    ['label', 'positive-sign', 'proved, good'],
    ['ratio', 'negative-sign', 'proved, good'],
    ['gate', 'continuity', 'proved, good'],
    ['clip', 'continuity', 'refuted, neutral'],
    ['clip', 'dead-zones', 'refuted, neutral'],
    ['ratio', 'dead-zones', 'proved, good'],
    ['label', 'satisfied-positives', 'proved, good'],
    ['ratio', 'rare-positives', 'proved, bad'],
    ['ratio', 'confident-negatives', 'refuted, good'],
    ['label', 'all-right', 'refuted, neutral'],
    ['ratio', 'all-right', 'not applicable, neutral'],
    ['no policy', 'misassignment', 'not applicable, neutral'],
    ['no policy', 'domination', 'not applicable, neutral'],
    ['no policy', 'zero-sum', 'not applicable, neutral'],
    ['ratio', 'length', 'measured, neutral'],
    ['ratio', 'empty-rollouts', 'measured, good'],
    ['ratio', 'overflow', 'measured, neutral'],
    ['label', 'overflow', 'measured, good'],
  ])('%s, %s: %s', (program, question, expected) => {
    expect(said(program, question)).toBe(expected);
  });

  test('float32 overflows where it does', () => {
    const answer = audits.get('ratio')?.scores[0]?.answers.find(({ question }) => question === 'overflow');
    expect(Number(/above ([\d.]+)/.exec(answer?.text ?? '')?.[1])).toBeCloseTo(88.7, 0);
  });
  test('a mean over tokens makes a rollout count by its length', () => {
    const answer = audits.get('ratio')?.scores[0]?.answers.find(({ question }) => question === 'length');
    expect(answer?.text).toContain('T^1 ');
  });
  test('whatever is refuted has a witness, and nothing else', () => {
    for (const { scores } of audits.values())
      for (const { ground, witness } of scores.flatMap(({ answers }) => answers))
        expect(witness !== undefined).toBe(ground === 'refuted');
  });
  test('masks and partitions are safe by construction', () => {
    const grounds = audits.get('gate')?.answers.map(({ question, ground }) => `${question}: ${ground}`);
    expect(grounds).toEqual(['masks: by construction', 'partition: by construction']);
  });
});

describe('pages', () => {
  const clip = audits.get('clip');
  if (clip === undefined) throw new Error('not audited');
  test('text', () => {
    expect(auditText(clip)).toContain('✗ gradient domination in negatives');
  });
  test('Markdown tables have as many cells in every row', () => {
    const rows = auditMarkdown(clip)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(new Set(rows.map((row) => row.replace(/\\\|/g, '').split('|').length))).toEqual(new Set([6]));
  });
  test('LaTeX escapes what is not its own', () => {
    const text = auditLatex(audited(PROGRAMS['clip'] ?? '', 'latex'));
    const table = text.slice(text.indexOf('\\midrule'), text.indexOf('\\bottomrule'));
    expect(table).not.toMatch(/(?<!\\)[_%#]/);
    expect(table).not.toMatch(/[∞→≤≥−]/u);
    expect(text.match(/\{/g)?.length).toBe(text.match(/\}/g)?.length);
  });
  test('HTML needs nothing from elsewhere, and takes a picture', () => {
    const page = auditHtml([clip], ['<svg></svg>']);
    expect(page).toContain('<svg></svg>');
    expect(page).not.toMatch(/https?:|<script|<link/);
  });
});

describe('the shape of a weight', () => {
  const shapes = (name: string): readonly string[] =>
    (audited(PROGRAMS[name] ?? '').scores[0]?.answers ?? [])
      .filter(({ question }) => question.startsWith('shape'))
      .flatMap(({ title, findings }) => [
        title,
        ...findings.map(({ what, value, where = '' }) => `  ${what} ${value} ${where}`.trimEnd()),
      ]);
  test('suprema, limits, dead zones with their ends, and jumps with their size are found', () => {
    expect(shapes('clip')).toMatchInlineSnapshot(`
      [
        "shape of positives",
        "  supremum of |w| 6 * advantage / 5 attained at s = log(1.2)",
        "  limit 0 as s -> inf",
        "  limit 0 as s -> -inf",
        "  dead zone s > log(1.2)",
        "  jump of |w| by 6 * advantage / 5 at s = log(1.2)",
        "shape of negatives",
        "  limit 0 as s -> -inf",
        "  dead zone s < log(0.8)",
        "  jump of |w| by -4 * advantage / 5 at s = log(0.8)",
      ]
    `);
    expect(shapes('label')).toMatchInlineSnapshot(`
      [
        "shape of positives",
        "  supremum of |w| 1 / tau approached as s -> -inf",
        "  limit 0 as s -> inf",
        "  limit -1 / tau as s -> -inf",
        "  Lipschitz constant 1 / (4 * tau ^ 2)",
        "shape of negatives",
        "  supremum of |w| 1 / tau approached as s -> inf",
        "  limit 1 / tau as s -> inf",
        "  limit 0 as s -> -inf",
        "  Lipschitz constant 1 / (4 * tau ^ 2)",
      ]
    `);
  });
  test('of what grows without bound there is no supremum', () => {
    expect(shapes('ratio')).toMatchInlineSnapshot(`
      [
        "shape of positives",
        "  limit 0 as s -> -inf",
        "shape of negatives",
        "  limit 0 as s -> -inf",
      ]
    `);
  });
});
