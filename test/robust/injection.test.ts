/**
 * Text of a program stays text: whatever stands in names, strings, comments and file names, no artefact holds more code,
 * another comment, another command or another annotation than that of a harmless program.
 */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { analyze, compile, explain } from '../../src/compile.js';
import { TARGETS, TARGET_NAMES, type Target } from '../../src/cli/targets.js';
import { diagnosticsGithub } from '../../src/report/diagnostics-github.js';
import { diagnosticsJson } from '../../src/report/diagnostics-json.js';
import { diagnosticsText } from '../../src/report/diagnostics-text.js';
import { explainLatex } from '../../src/report/explain-latex.js';

/** Every name that might be more than a name somewhere. */
const NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  'arguments',
  'eval',
  'toString',
  'hasOwnProperty',
  'await',
  'yield',
  'async',
  'undefined',
  'NaN',
  'Infinity',
  'globalThis',
  'require',
  'process',
  'import_meta',
  'default',
  'class',
  'tf',
  'params',
  'layout',
  'loss',
  'gradients',
  'metrics',
  'inputs',
  'parameters',
  'prepare',
  'validate',
  'scalar',
  'ªſ',
  'ﬁeld',
  'Å',
  '变量',
  'Ω',
  'é',
  'x̧',
  '_',
  '__',
  'a_b_c',
  'input',
  'write18',
  'end_document',
];

/** Text that might end what it stands in. */
const TEXTS = [
  '*/ sentinel(); /*',
  '// sentinel()',
  '`${sentinel()}`',
  '${sentinel()}',
  "'; sentinel(); '",
  '\\u0022; sentinel(); //',
  '\\',
  '\\\\',
  '</script><script>sentinel()</script>',
  '<!-- sentinel -->',
  '\u2028sentinel()\u2029',
  '\u202esentinel()\u202c',
  '\u200b*\u200b/ sentinel()',
  '* /',
  '**/',
  '*\\/',
  '\\input{/etc/passwd}',
  '\\write18{sentinel}',
  '100% of $x_1$ & #2 ~ ^',
  '%0A::error::sentinel',
  '::set-output name=a::sentinel',
  '@sentinel',
  '{@link sentinel}',
  '#!sentinel',
  '\t\u0007\u001b[31m',
  'import("sentinel")',
  '*\u2028/ sentinel()',
  '/*',
  '@ts-ignore',
  'eslint-disable',
  '\ud800',
];

interface Slots {
  readonly name: string;
  readonly text: string;
  readonly file: string;
}
const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`;

/** The slots at every place where a program has a name, a string or documentation. */
const program = ({ name, text }: Slots): string => `# ${text}
# paper: ${text}
# equation: ${text}
# differs: ${text}
objective ${name} ${quoted(text)} {
  # ${text}
  param ${name}_p in (0, inf) = 0.5 ${quoted(text)}
  # ${text}
  model ${name} : token ${quoted(text)}
  data ${name}_d : rollout ${quoted(text)}  # ${text}
  # ${text}
  let ${name}_l = exp(${name}) * ${name}_d  # ${text}
  minimize mean[token in batch]( # ${text}
    ${name}_l * ${name}_p)
  # ${text}
  metric ${name}_m = mean[rollout in batch](${name}_d)
  verify ${quoted(text)} : ${name}_l * 0 == 0
}
`;

const HARMLESS: Slots = { name: 'harmless', text: 'a word', file: 'a.obj' };
const cases: readonly Slots[] = [
  ...NAMES.map((name) => ({ ...HARMLESS, name })),
  ...TEXTS.map((text) => ({ ...HARMLESS, text })),
  ...TEXTS.map((file) => ({ ...HARMLESS, file })),
];

/** The tree of a module, without what names, strings and comments say. */
function shapeOf(code: string): string {
  const file = ts.createSourceFile('a.ts', code, ts.ScriptTarget.ES2022, true);
  const found = (file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  if (found.length > 0)
    return `does not parse: ${JSON.stringify(found.map(({ messageText }) => messageText))}`;
  const shape = (node: ts.Node): string => {
    // Whether a member is written as a name or in brackets depends on the name alone.
    if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression))
      return `.(${shape(node.expression)})`;
    if (ts.isPropertyAccessExpression(node)) return `.(${shape(node.expression)})`;
    if (ts.isConditionalExpression(node) && node.condition.getText().startsWith('Object.hasOwn('))
      return shape(node.whenTrue);
    if (ts.isParenthesizedExpression(node)) return shape(node.expression);
    if (ts.isComputedPropertyName(node) || ts.isStringLiteral(node) || ts.isIdentifier(node)) return 'word';
    if (ts.isShorthandPropertyAssignment(node)) return `${ts.SyntaxKind.PropertyAssignment}(word,word)`;
    const parts: string[] = [];
    ts.forEachChild(node, (child) => void parts.push(shape(child)));
    return `${node.kind}(${parts.join()})`;
  };
  return file.statements.map(shape).join('\n');
}

async function emit(
  target: Target,
  slots: Slots,
  language: 'ts' | 'js',
  layout = true,
): Promise<readonly string[]> {
  const options = { name: slots.file, target, language, layout };
  const { files, diagnostics } = await compile(program(slots), options);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return files.map(({ text }) => text);
}

/** A SavedModel is no code that is read as text; what its page says is tested below. */
const MODULES = TARGET_NAMES.filter((target) => TARGETS[target].writes === 'module');

describe.each(MODULES)('code for %s', (target) => {
  test.each(['ts', 'js'] as const)(
    'in %s is the same code, whatever the program calls things',
    { timeout: 300_000 },
    async (language) => {
      // What stands on a line of its own depends on how long names are.
      const expected = new Map<number, readonly string[]>();
      const harmless = async (length: number): Promise<readonly string[]> => {
        const known = expected.get(length);
        if (known !== undefined) return known;
        const shapes = (await emit(target, { ...HARMLESS, name: 'q'.repeat(length) }, language)).map(shapeOf);
        expect(shapes.join()).not.toContain('does not parse');
        expected.set(length, shapes);
        return shapes;
      };
      // Names, strings and comments are written by the same code for every target and language.
      const isFull = target === 'tfjs' && language === 'js';
      for (const [at, slots] of cases.entries()) {
        const isLaidOut = at % 6 === 0;
        if (!isFull && !isLaidOut) continue;
        const code = await emit(target, slots, language, isLaidOut);
        expect(code.map(shapeOf), JSON.stringify(slots)).toEqual(await harmless(slots.name.length));
        for (const one of code) expect(one).not.toMatch(/<\/script|<!--/i);
      }
    },
  );

  test('does nothing when it is loaded', { timeout: 60_000 }, async () => {
    let called = 0;
    const text = TEXTS.join(' ').replaceAll('\n', ' ');
    const [code = ''] = await emit(target, { ...HARMLESS, text, file: text }, 'js');
    const bare = code.replace(/^(import|export) [^;]* from [^;]*;$/gm, '').replace(/^export /gm, '');
    const load = new Function('sentinel', `"use strict";\n${bare}`) as (sentinel: () => void) => void;
    load(() => (called += 1));
    expect(called).toBe(0);
  });
});

test('the page beside a SavedModel is no markup of the program', async () => {
  for (const text of TEXTS) {
    const pages = await emit('savedmodel', { ...HARMLESS, text, file: text }, 'js');
    for (const page of pages.map((one) => one.replace(/^<!-- compiled by [^\n]*-->$/m, '')))
      expect(page, JSON.stringify(text)).not.toMatch(/(?<!\\)<(?:\/?script|!--)/i);
  }
});

describe('reports', () => {
  const wrong = (text: string): string =>
    `objective a ${quoted(text)} {\n  let ${'b'} = nothing # ${text}\n}\n`;
  const reported = [...TEXTS, 'a\nb', 'a\r\nb'].map((text) => {
    const { source, diagnostics } = analyze(wrong(text.replace(/[\r\n]/g, ' ')), text);
    return { source, diagnostics };
  });

  test('to GitHub are one command a line, and no more than there are diagnostics', () => {
    for (const one of reported) {
      const lines = diagnosticsGithub([one])
        .split(/\r\n|[\r\n]/)
        .filter((line) => line !== '');
      expect(lines).toHaveLength(one.diagnostics.length);
      for (const line of lines)
        expect(line).toMatch(/^::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+/);
    }
  });

  test('as JSON are JSON, and hold the text as it is', () => {
    for (const one of reported) {
      const read = JSON.parse(diagnosticsJson([one], 0)) as object;
      expect(JSON.stringify(read)).toContain(JSON.stringify(one.source.name));
    }
  });

  test('as text show no control characters of the source', () => {
    const shown = diagnosticsText(
      reported.map((one) => ({ ...one, source: { ...one.source, name: 'a.obj' } })),
    );
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
  });
});

test('LaTeX has no command and no special character of the program in it', () => {
  const known = new Set<string>();
  const latexOf = (slots: Slots): string => {
    const { units, source } = analyze(program(slots), slots.file);
    const [unit] = units;
    if (unit === undefined) throw new Error(slots.name);
    return explainLatex(explain(unit, source, 'latex'));
  };
  const commandsOf = (text: string): readonly string[] => text.match(/\\(?:[A-Za-z]+|[^A-Za-z])/g) ?? [];
  for (const name of ['harmless', 'alpha', 'x', 'ж'])
    for (const one of commandsOf(latexOf({ ...HARMLESS, name }))) known.add(one);
  for (const slots of cases) {
    const text = latexOf(slots);
    expect(
      commandsOf(text).filter((one) => !known.has(one)),
      JSON.stringify(slots),
    ).toEqual([]);
    // Comments of LaTeX are where explanations say in words what there is.
    const code = text.replace(/^%.*$/gm, '');
    expect(code, JSON.stringify(slots)).not.toMatch(/sentinel|passwd/);
  }
});
