/** Pages and tables of the manual that are made of the compiler's own records, so that they say what it does. */
import { readFileSync, readdirSync } from 'node:fs';
import { aggregates, atoms, scans } from '../src/atoms/index.js';
import type { Aggregate, ScanExample, ScanParameter } from '../src/atoms/atom.js';
import { headOf, type DiagnosticKind } from '../src/base/diagnostic.js';
import { source, textOf } from '../src/base/source.js';
import { analyze } from '../src/compile.js';
import type { Traffic } from '../src/plan/fused/traffic.js';
import { objectivePlans } from './objective-plans.js';
import { kinds as known } from '../src/kinds.js';
import { diagnosticsText } from '../src/report/diagnostics-text.js';
import { parse } from '../src/syntax/parse.js';
import { diagnosticsWithVerdicts } from '../src/verification.js';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8').replaceAll('\r\n', '\n');

/** Every kind of diagnostic, by its code. */
export const kinds: readonly DiagnosticKind[] = [...known].sort((a, b) => (a.code < b.code ? -1 : 1));

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
/** Control characters, which a binary file has, as they may be shown. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, '\ufffd');

function frameOf({ bad, code, files = {} }: DiagnosticKind): string {
  const read = code.startsWith('V') ? diagnosticsWithVerdicts : analyze;
  const { source: file, diagnostics } = read(bad, 'example.obj', (path) => {
    const text = path === 'example.obj' ? bad : files[path];
    return text === undefined ? undefined : { name: path, text };
  });
  return diagnosticsText([{ source: file, diagnostics: diagnostics.filter((one) => one.code === code) }]);
}

const SECTIONS: readonly (readonly [string, string])[] = [
  ['E01', 'Syntax'],
  ['E02', 'Names and definitions'],
  ['E03', 'Kinds, levels and claims'],
  ['E04', 'Domains'],
  ['E05', 'Gradients'],
  ['W02', 'Lints: names and conditions'],
  ['W04', 'Lints: numbers'],
  ['W05', 'Lints: gradients'],
  ['V07', 'Claims that fail'],
];

function entry(kind: DiagnosticKind): string {
  const { code, title, explanation, bad, good, files = {}, pedantic } = kind;
  const also = pedantic === true ? ', shown on request' : '';
  return [
    `### ${code}: ${title}\n`,
    `*${headOf(kind)}${also}* · ${explanation}\n`,
    ...Object.entries(files).flatMap(([name, text]) => [
      `\`${name}\`, which is imported:\n`,
      fenced('text', text),
    ]),
    fenced('text', printable(bad)),
    fenced('text', frameOf(kind)),
    'Right:\n',
    fenced('text', printable(good)),
  ].join('\n');
}

/** `docs/diagnostics.md`: every code with its explanation, a program that gives it, and the same put right. */
export function diagnosticsPage(): string {
  const sections = SECTIONS.map(([prefix, name]) => {
    const own = kinds.filter(({ code }) => code.startsWith(prefix));
    return [`## ${name}\n`, ...own.map(entry)].join('\n');
  });
  return [
    '# Diagnostics\n',
    'Every code that the compiler knows, generated from the compiler itself. `veriloss explain CODE` prints the same.',
    'Errors are E, warnings and notes W, claims that fail V. A note that is marked “shown on request” is shown by',
    '`check --pedantic`, or where the configuration gives its code a level.\n',
    ...sections,
  ].join('\n');
}

/** `docs/standard-library.md`: every function of `"std"` with its documentation and its definition. */
export function standardLibraryPage(): string {
  const folder = 'objectives/std/';
  const parts = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.obj'));
  const sections = parts.sort().map((name) => {
    const file = source(name, read(folder + name));
    const { definitions } = parse(file).file;
    const head = file.text
      .split(/\n\n/)[0]
      ?.split('\n')
      .map((line) => line.replace(/^# ?/, ''))
      .filter((line) => !/^(paper|equation|differs):/.test(line));
    const functions = definitions.map((definition) => {
      const { doc, params } = definition;
      const fields = (doc?.fields ?? []).map(({ key, text }) => `${key}: ${text}`);
      return [
        `### \`${definition.name.text}(${params.map(({ text }) => text).join(', ')})\`\n`,
        `${(doc?.text ?? '').replaceAll('\n', ' ')}\n`,
        ...(fields.length === 0 ? [] : [`${fields.map((field) => `*${field}*`).join(' · ')}\n`]),
        fenced('text', textOf(file, definition.span)),
      ].join('\n');
    });
    const title = name.replace(/\.obj$/, '').replace(/^kl$/, 'KL estimators');
    return [
      `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n`,
      `${(head ?? []).join(' ')}\n`,
      ...functions,
    ].join('\n');
  });
  return [
    '# The standard library\n',
    'Functions written in the language itself, for `import { … } from "std"`. Generated from `objectives/std/`.\n',
    ...sections,
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const nothingText = ({ overNothing }: Aggregate): string =>
  typeof overNothing === 'string' ? 'an error unless `anchor:` is given' : String(overNothing);

/** The tables of the documentation, by the name of the markers around them. */
const TABLES: Readonly<Record<string, () => string>> = {
  functions: () =>
    table(
      ['function', 'value', 'for example'],
      atoms.map(({ name, params, variadic, doc, examples: [first] }) => [
        `\`${name}(${params.map((one) => one.name).join(', ')}${variadic ? ', …' : ''})\``,
        doc,
        first === undefined ? '' : `\`${name}(${first.args.join(', ')})\` is ${first.value}`,
      ]),
    ),
  aggregates: () =>
    table(
      ['aggregate', 'of', 'value', 'over nothing'],
      aggregates.map((one) => [
        `\`${one.name}\``,
        one.argument === 'none' ? 'the elements' : one.argument === 'bool' ? 'conditions' : 'numbers',
        one.doc,
        nothingText(one),
      ]),
    ),
  scans: () =>
    table(
      ['along a rollout', 'value', 'for example'],
      scans.map(({ name, params, doc, examples: [first] }) => [
        `\`${[`${name}[token](x`, ...params.map((one) => (one.labelled ? `${one.name}: …` : one.name))].join(', ')})\``,
        doc,
        first === undefined ? '' : scanExample(params, first),
      ]),
    ),
  codes: () =>
    table(
      ['code', 'severity', 'what is the case'],
      kinds.map(({ code, title, pedantic, ...kind }) => [
        `[${code}](diagnostics.md#${anchorOf(`${code}: ${title}`)})`,
        pedantic === true ? `${headOf(kind)}, on request` : headOf(kind),
        title,
      ]),
    ),
  walks: () =>
    table(
      [
        'objective',
        'walks',
        'bytes read',
        'least',
        'bytes written',
        'least',
        'buffers',
        'with metrics',
        'the last walk waits for',
      ],
      objectivePlans().map(({ name, traffic, withMetrics, waits }) => [
        `[${name}](objectives/${name.split('.')[0] ?? ''}.md)`,
        walksOf(traffic),
        ...[traffic.read, traffic.leastRead, traffic.written, traffic.leastWritten, traffic.buffers].map(
          String,
        ),
        `${walksOf(withMetrics)}; ${withMetrics.read + withMetrics.written}`,
        waits.map((value) => `\`${value}\``).join(', '),
      ]),
    ),
};

const walksOf = ({ walks, sorts }: Traffic): string =>
  `${walks}${sorts === 0 ? '' : ` and ${sorts === 1 ? 'a sort' : `${sorts} sorts`}`}`;

/** What a scan makes of the tokens of one rollout. */
function scanExample(
  params: readonly ScanParameter[],
  { x, numbers = [], integers = [], value }: ScanExample,
): string {
  const [number, integer] = [numbers.values(), integers.values()];
  const given = params.map(({ name, kind }) => {
    const one = (kind === 'number' ? number : integer).next().value;
    return `\`${name}\` ${one ?? ''}`;
  });
  return `${[x.join(', '), ...given].join('; ')} gives ${value.join(', ')}`;
}

/** The anchor that a heading gets. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** A page with its tables brought up to date: what stands between `<!-- table: NAME -->` and `<!-- end -->`. */
export function withTables(path: string): string {
  return read(path).replace(
    /(<!-- table: (\w+) -->\n)[^]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => {
      const make = TABLES[name];
      if (make === undefined) throw new Error(`${path} asks for a table \`${name}\`, which there is none of`);
      return `${open}\n${make()}\n\n${close}`;
    },
  );
}
