/** Reports of verdicts: each form of them, of verdicts of every kind. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Log } from 'sarif';
import { source } from '../../src/base/source.js';
import { verdictRules } from '../../src/report/rules/index.js';
import { verdictsConcise } from '../../src/report/verdicts-concise.js';
import { verdictsGithub } from '../../src/report/verdicts-github.js';
import { verdictsHtml } from '../../src/report/verdicts-html.js';
import { verdictsJson } from '../../src/report/verdicts-json.js';
import { verdictsJunit } from '../../src/report/verdicts-junit.js';
import { verdictsMarkdown } from '../../src/report/verdicts-markdown.js';
import { verdictsSarif } from '../../src/report/verdicts-sarif.js';
import { verdictsText } from '../../src/report/verdicts-text.js';
import { placed, type Replay } from '../../src/report/verified.js';
import { ROOT } from '../sources.js';
import { every, passing } from './verdicts.js';
import { elements } from './xml.js';

const replay: Replay = (_file, { witness, claim }) =>
  witness === undefined ? undefined : `veriloss eval o/capped.obj --batch w/${claim}.json`;

const VERDICTS = placed([every]).map(({ verdict }) => verdict);
const FAILING = VERDICTS.filter(({ passes }) => !passes);

test.each([
  ['text', verdictsText([every], { replay })],
  ['verbose', verdictsText([every], { replay, verbose: true })],
  ['concise', verdictsConcise([every])],
  ['github', verdictsGithub([every], replay)],
  ['markdown', verdictsMarkdown([every], { replay })],
  ['json', verdictsJson([every], '1.2.3', replay)],
  ['junit', verdictsJunit([every], replay)],
  ['sarif', verdictsSarif([every], replay)],
  ['html', verdictsHtml([every], { replay, prover: '1.2.3' })],
])('%s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(`verdicts/${name}.txt`);
});

test('a claim is worded as the source words it, on one line, without mode, label and comment', () => {
  expect(VERDICTS.map(({ text }) => text).slice(1, 4)).toEqual([
    'for advantage > 0 : abs(w) is nonincreasing in log_ratio',
    'abs(w) is bounded',
    'clip(log_ratio, -1, high: 1) <= 3',
  ]);
});

test('every rule has a verdict here, and each failing verdict one rule that is told', () => {
  const told = verdictsConcise([every])
    .split('\n')
    .flatMap((line) => /\[(V\d+)\]/.exec(line)?.[1] ?? []);
  expect(told).toHaveLength(FAILING.length);
  expect([...new Set(told)].sort()).toEqual(verdictRules.map(({ kind }) => kind.code).sort());
});

test('where everything passes there are no frames, no lines, no annotations, no results', () => {
  expect(verdictsText([passing])).not.toMatch(/V07|✗/);
  expect(verdictsConcise([passing])).toBe('');
  expect(verdictsGithub([passing])).toBe('');
  expect((JSON.parse(verdictsSarif([passing])) as Log).runs[0]?.results).toEqual([]);
  expect(verdictsMarkdown([passing], { onlyFailing: true })).not.toContain('###');
});

describe('json', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'verdicts.schema.json'), 'utf8')) as object;
  const fits = new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

  test.each([
    ['every verdict', [every]],
    ['those that pass', [passing]],
    ['nothing', []],
  ])('of %s fits the schema', (_name, files) => {
    const document = JSON.parse(verdictsJson(files, '1', replay)) as unknown;
    expect(fits(document) ? [] : fits.errors).toEqual([]);
  });

  interface Document {
    summary: Record<string, unknown>;
    verdicts: Record<string, unknown>[];
  }
  const broken: readonly (readonly [string, (document: Document) => void])[] = [
    ['a verdict without its file', ({ verdicts: [first] }) => delete first?.['file']],
    ['another status', ({ verdicts: [first] }) => first && (first['status'] = 'decided')],
    ['a failing claim without its failure', ({ verdicts }) => delete verdicts[1]?.['failure']],
    [
      'a passing claim with one',
      ({ verdicts: [first, second] }) => first && (first['failure'] = second?.['failure']),
    ],
    ['a count that is none', ({ summary }) => (summary['proved'] = -1)],
    [
      'a number as another text',
      ({ verdicts }) => verdicts[2] && (verdicts[2]['witness'] = { params: { x: 'big' } }),
    ],
  ];
  test.each(broken)('the schema refuses %s', (_name, damage) => {
    const document = JSON.parse(verdictsJson([every], '1')) as Document;
    damage(document);
    expect(fits(document)).toBe(false);
  });
});

describe('sarif', () => {
  const results = (JSON.parse(verdictsSarif([every])) as Log).runs[0]?.results ?? [];

  test('is what the validator of its authors accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'veriloss-sarif-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    for (const [name, files] of [
      ['every', [every]],
      ['none', []],
    ] as const)
      writeFileSync(join(folder, `${name}.sarif`), verdictsSarif(files, replay));
    const tool = join(ROOT, 'node_modules/.bin/sarif-multitool');
    // It exits with 1 where it finds an error.
    const said = execFileSync(tool, ['validate', 'every.sarif', 'none.sarif'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    // The program has no page of its own to name.
    expect(said.match(/(error|warning) SARIF\d+/g)).toEqual(['warning SARIF2005', 'warning SARIF2005']);
  });

  test('each result has a rule of its run, a fingerprint of its own, and a place in the text', () => {
    expect(results).toHaveLength(FAILING.length);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints?.['verilossClaim/v1']);
    expect(new Set(prints).size).toBe(FAILING.length);
    for (const { ruleId, ruleIndex } of results)
      expect(verdictRules[ruleIndex ?? -1]?.kind.code).toBe(ruleId);
  });

  test('a fingerprint stays where a claim moves', () => {
    const moved = { ...every, source: source('o/capped.obj', `\n\n${every.source.text}`) };
    const shifted = {
      ...moved,
      objectives: every.objectives.map((one) => ({
        ...one,
        verdicts: one.verdicts.map((verdict) => ({
          ...verdict,
          span: { start: verdict.span.start + 2, end: verdict.span.end + 2 },
        })),
      })),
    };
    const other = (JSON.parse(verdictsSarif([shifted])) as Log).runs[0]?.results ?? [];
    expect(other.map((one) => one.partialFingerprints)).toEqual(
      results.map((one) => one.partialFingerprints),
    );
    expect(other[0]?.locations).not.toEqual(results[0]?.locations);
  });

  test('a path is a reference of a URI', () => {
    const odd = { ...every, source: source('a b\\c#d?é.obj', every.source.text) };
    const [first] = (JSON.parse(verdictsSarif([odd])) as Log).runs[0]?.results ?? [];
    expect(first?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('a%20b/c%23d%3F%C3%A9.obj');
  });
});

describe('junit', () => {
  test('is well-formed, with a case for each claim and a failure for each that fails', () => {
    const found = elements(verdictsJunit([every], replay));
    expect(found.filter(({ name }) => name === 'testcase')).toHaveLength(VERDICTS.length);
    expect(found.filter(({ name }) => name === 'failure')).toHaveLength(FAILING.length);
    const [all, suite] = found;
    for (const one of [all, suite])
      expect([one?.attributes['tests'], one?.attributes['failures']]).toEqual([
        String(VERDICTS.length),
        String(FAILING.length),
      ]);
    const names = found.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes['name']);
    expect(names).toEqual(expect.arrayContaining(['a|b <i>c</i> & *d* `e` %\u{1F600}', 'a share (2)']));
    expect(new Set(names).size).toBe(names.length);
  });

  test('holds no character that XML forbids', () => {
    const hostile = 'x\u0000\u001b[31m\ud800\uffff]]>"\n\t';
    const [one] = every.objectives;
    const files = [
      {
        ...every,
        objectives: [
          {
            name: 'x',
            verdicts: (one?.verdicts ?? []).map((verdict) => ({
              ...verdict,
              label: hostile,
              notes: [hostile],
            })),
          },
        ],
      },
    ];
    const text = verdictsJunit(files);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\uffff]/);
    const found = elements(text);
    expect(found.find(({ name }) => name === 'testcase')?.attributes['name']).toBe(
      'x\ufffd\ufffd[31m\ufffd\ufffd]]>"\n\t',
    );
  });
});

describe('html', () => {
  const text = verdictsHtml([every], {
    replay,
    prover: '1.2.3',
    pictures: (_file, objective) => [`<svg data-of="${objective}"></svg>`],
  });

  test('needs nothing but itself', () => {
    expect(text).not.toMatch(
      /<(script|link|iframe|img|object|embed|base)\b|\b(src|href|srcset)=|url\(|@import|\bon\w+=/i,
    );
  });

  test('is well-formed, shows each claim, and what a label holds as text', () => {
    const body = text
      .slice(text.indexOf('<body>'))
      .replace('</html>', '')
      .replace(/<svg [^>]*><\/svg>/g, '');
    const found = elements(body);
    expect(
      found.filter(({ name, attributes }) => name === 'td' && /status/.test(attributes['class'] ?? '')),
    ).toHaveLength(VERDICTS.length);
    expect(text).not.toContain('<i>');
    expect(text).toContain('a|b &lt;i&gt;c&lt;/i&gt; &amp; *d*');
  });

  test('has the pictures of each objective in its place', () => {
    for (const { name } of every.objectives) {
      const section = text.slice(text.indexOf(`<section aria-label="${name}">`));
      expect(section.slice(0, section.indexOf('</section>'))).toContain(
        `<figure><svg data-of="${name}"></svg></figure>`,
      );
    }
  });
});

test('markdown: a table has as many cells in each row, whatever a label holds', () => {
  const rows = verdictsMarkdown([every])
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(rows.length).toBe(VERDICTS.length + 2);
  for (const row of rows) expect([row, row.replace(/\\./g, '').split('|').length]).toEqual([row, 6]);
});

test('annotations: one line for each claim that fails, whose text cannot begin another command', () => {
  const lines = verdictsGithub([every], replay).trimEnd().split('\n');
  expect(lines).toHaveLength(FAILING.length);
  for (const line of lines) expect(line).toMatch(/^::error file=o\/capped\.obj,line=\d+,col=\d+,/);
  const [one] = every.objectives;
  const hostile = '100%\r\n::set-output name=x::y, a:b';
  const files = [
    {
      ...every,
      objectives: [
        { name: 'x', verdicts: (one?.verdicts ?? []).slice(1, 2).map((v) => ({ ...v, label: hostile })) },
      ],
    },
  ];
  const [only, ...others] = verdictsGithub(files).trimEnd().split('\n');
  expect(others).toEqual([]);
  expect(only).toContain('100%25%0D%0A::set-output');
});
