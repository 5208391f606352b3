/** The rules of ARCHITECTURE.md about the text of the repository itself, as far as a program can check them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesUnder, importsOf, layers, nodes, parse, part, read, ROOT } from './sources.js';

const isCode = (path: string): boolean => /\.(ts|js|mjs)$/.test(path);
const compiler = filesUnder('src', 'grammar').filter(isCode);
const code = [...compiler, ...filesUnder('test', 'scripts', 'examples').filter(isCode)];
const written = code.filter((path) => !path.endsWith('.gen.ts'));
const imports = compiler.flatMap(importsOf);
const show = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from} → ${to}`;

describe('layers', () => {
  const ranks = layers();
  const inside = imports.flatMap((edge) => {
    const [from, to] = [part(edge.from), part(edge.to)];
    return from === undefined || to === undefined || from === to
      ? []
      : [{ ...edge, parts: [from, to] as const }];
  });

  test('every folder has its place in ARCHITECTURE.md', () => {
    const parts = new Set(compiler.map((path) => part(path) ?? ''));
    parts.delete('runtime');
    expect([...parts].filter((name) => !ranks.has(name))).toEqual([]);
  });

  test('lower never imports higher, and siblings do not import each other', () => {
    const wrong = inside.filter(({ parts: [from, to] }) =>
      from === 'runtime' || to === 'runtime'
        ? from !== 'cli'
        : !((ranks.get(from) ?? NaN) > (ranks.get(to) ?? NaN)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('folders do not import each other in a circle', () => {
    const below = new Map<string, Set<string>>();
    for (const {
      parts: [from, to],
    } of inside)
      below.set(from, (below.get(from) ?? new Set()).add(to));
    const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
      [...(below.get(from) ?? [])].some(
        (next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))),
      );
    expect([...below.keys()].filter((name) => reaches(name, name))).toEqual([]);
  });

  const allowed: readonly (readonly [string, RegExp, (from: string, kind: string) => boolean])[] = [
    ['chevrotain', /^chevrotain$/, (from) => from.startsWith('grammar/') || from === 'src/syntax/parse.ts'],
    ['ts-morph', /^ts-morph$/, (from, kind) => from.startsWith('src/emit/') && kind !== 'value'],
    ['prettier/doc', /^prettier\/doc$/, (from) => from === 'src/format/doc.ts'],
    [
      'prettier',
      /^prettier(?!\/doc$)(\/|$)/,
      (from, kind) =>
        (from.startsWith('src/emit/') && kind !== 'value') ||
        (from === 'src/prettier-plugin.ts' && kind === 'type'),
    ],
    ['wabt', /^wabt$/, (from, kind) => from === 'src/emit/wasm/assemble.ts' && kind === 'lazy'],
    ['tfjs', /^@tensorflow\//, (from) => from.startsWith('src/runtime/')],
    ['webgpu', /^webgpu$/, () => false],
    ['smol-toml', /^smol-toml$/, (from, kind) => from.startsWith('src/cli/') && kind !== 'value'],
    ['prompts', /^@clack\//, (from) => from === 'src/cli/ask.ts'],
    ['valibot', /^valibot$/, (from) => /^src\/cli\/config\/(schema|validated)\.ts$/.test(from)],
    ['node:*', /^node:/, (from) => from.startsWith('src/cli/') || from === 'src/prettier-plugin.ts'],
    ['protobuf', /^@bufbuild\//, (from) => from === 'src/emit/savedmodel/encode.ts'],
    ['commander', /^commander$/, (from) => from.startsWith('src/cli/')],
    // Its types alone; there is nothing else of it.
    ['sarif', /^sarif$/, (from, kind) => from === 'src/report/verdicts-sarif.ts' && kind === 'type'],
  ];
  test.each(allowed)('%s is imported only where it belongs', (_name, pattern, may) => {
    const wrong = imports.filter(({ from, to, kind }) => pattern.test(to) && !may(from, kind));
    expect(wrong.map(show)).toEqual([]);
  });

  test('src/runtime imports tfjs-core and nothing else', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        part(from) === 'runtime' && to !== '@tensorflow/tfjs-core' && !to.startsWith('src/runtime/'),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('what is imported is a dependency, or Node', () => {
    const { dependencies, peerDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
    const known = Object.keys({ ...dependencies, ...peerDependencies });
    const wrong = imports.filter(
      ({ to }) =>
        !/^(src|grammar)\//.test(to) &&
        !to.startsWith('node:') &&
        to !== 'sarif' &&
        !known.some((name) => to === name || to.startsWith(`${name}/`)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('examples import the package by its name', () => {
    const edges = filesUnder('examples').filter(isCode).flatMap(importsOf);
    expect(edges.filter(({ to }) => /^(src|grammar|dist|test|scripts)\//.test(to)).map(show)).toEqual([]);
  });
});

describe('tables of contents', () => {
  const barrels = [
    'src/atoms',
    'src/check/rules',
    'src/syntax/rules',
    'src/simplify/rules',
    'src/lint/rules',
    'src/cli/commands',
    'src/ir/ops',
    'src/vectors/families',
    'src/conform/differences',
    'src/report/rules',
  ];
  /** What members are made with, or shared by them; not members. */
  const supports = ['index.ts', 'atom.ts', 'rule.ts', 'command.ts', 'op.ts', 'samples.ts', 'deviations.ts'];

  test.each(barrels)('%s/index.ts names every file', (folder) => {
    const files = filesUnder(folder);
    const named = new Set(
      files
        .filter((path) => basename(path) === 'index.ts')
        .flatMap((path) => importsOf(path).map(({ to }) => to)),
    );
    expect(files.filter((path) => !supports.includes(basename(path)) && !named.has(path))).toEqual([]);
  });
});

describe('files', () => {
  test('none is longer than 400 lines', () => {
    const long = written.map((path) => [path, read(path).split('\n').length - 1] as const);
    expect(long.filter(([, lines]) => lines > 400)).toEqual([]);
  });

  test('each begins with what it is', () => {
    expect(
      written.filter((path) => !/^(#!.*\n)?(\/\*\*|\/\/) ?\S|^(#!.*\n)?\/\*\*\n \* \S/.test(read(path))),
    ).toEqual([]);
  });

  test('names say what is inside', () => {
    const vague = /^(utils?|helpers?|common|types|misc)(\.|$)/;
    expect(code.filter((path) => path.split('/').some((name) => vague.test(name)))).toEqual([]);
    const kebab = /^[a-z0-9]+([-.][a-z0-9]+)*$/;
    expect(written.filter((path) => !kebab.test(basename(path)))).toEqual([]);
  });

  test('no word is used for which the glossary has another', () => {
    const names = 'coef_1 coef_2 cliprange eos_mask loss_mask per_token_logps pg_loss seq_ratio grad_coef';
    const words = `${names} negative_approx_kl low_var_kl detach`.replaceAll(' ', '|');
    const pattern = new RegExp(`(?<!\\w)(${words})(?!\\w)`, 'i');
    // These know other frameworks' words in order to answer with ours.
    const translators = ['src/check/rules/unknown-function.ts', 'src/syntax/rules/foreign-spelling.ts'];
    const places = filesUnder('src', 'grammar', 'objectives').filter((path) => !translators.includes(path));
    const wrong = places.flatMap((path) =>
      withoutDiffers(path)
        .filter((line) => pattern.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing is left to be done, and no machine is named', () => {
    // In brackets, so that this file does not find itself.
    const marks = /\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b|(^|[\s'"`(=])\/(root|work)[/]/m;
    const places = filesUnder(
      '.ci',
      'action.yml',
      '.pre-commit-hooks.yaml',
      'src',
      'grammar',
      'objectives',
      'test',
      'scripts',
      'examples',
      'docs',
      'README.md',
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'package.json',
    );
    const text = places.filter((path) => !path.startsWith('test/recorded') && !path.endsWith('.png'));
    expect(text.filter((path) => marks.test(read(path)))).toEqual([]);
  });

  test('the lock names no registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "http/);
  });
});

/** The lines of a file; of an objective, without the `differs:` fields, which quote other frameworks. */
function withoutDiffers(path: string): readonly string[] {
  const lines = read(path).split('\n');
  if (!path.endsWith('.obj')) return lines;
  let quoting = false;
  return lines.filter((line) => {
    const comment = /^\s*#\s?(.*)$/.exec(line)?.[1];
    if (comment === undefined || /^\s*\w+:/.test(comment))
      quoting = comment?.trim().startsWith('differs:') ?? false;
    return !quoting;
  });
}

describe('TypeScript in src/', () => {
  const parser = 'grammar/parser.ts';
  const forbidden: readonly (readonly [string, (node: ts.Node) => boolean])[] = [
    ['any', (node) => node.kind === ts.SyntaxKind.AnyKeyword],
    [
      '!',
      (node) =>
        ts.isNonNullExpression(node) ||
        ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) &&
          node.exclamationToken !== undefined),
    ],
    [
      'default export',
      (node) =>
        ts.isExportAssignment(node) ||
        (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)),
    ],
    ['enum', (node) => ts.isEnumDeclaration(node)],
    ['namespace', (node) => ts.isModuleDeclaration(node)],
    // Errors are thrown by class; nothing else needs one.
    ['class', (node) => ts.isClassLike(node) && !/extends \w*Error\b/.test(node.getText())],
  ];
  const trees = compiler.filter((path) => path !== parser && !path.endsWith('.gen.ts')).map(parse);

  test.each(forbidden)('has no %s', (_what, is) => {
    const found = trees.flatMap((tree) =>
      [...nodes(tree)].filter(is).map((node) => {
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
        return `${tree.fileName}:${line + 1}`;
      }),
    );
    expect(found).toEqual([]);
  });
});

describe('diagnostics', () => {
  const kinds = compiler.filter((path) => path.startsWith('src/')).flatMap(diagnosticsOf);

  test('a rule declares exactly one code', () => {
    const rules = filesUnder('src/check/rules', 'src/syntax/rules', 'src/report/rules');
    const counts = rules
      .filter((path) => !['index.ts', 'rule.ts'].includes(basename(path)))
      .map((path) => `${path} ${kinds.filter((kind) => kind.path === path).length}`);
    expect(counts.filter((count) => !count.endsWith(' 1'))).toEqual([]);
  });

  test('no code is declared twice', () => {
    const codes = kinds.map(({ code: declared }) => declared);
    expect(codes.filter((declared, at) => codes.indexOf(declared) !== at)).toEqual([]);
  });

  test('each has an explanation, a bad and a good program', () => {
    const parts = ['severity', 'title', 'explanation', 'bad', 'good'];
    const wrong = kinds.filter(({ properties }) => parts.some((name) => !properties.includes(name)));
    expect(wrong.map(({ path, code: declared }) => `${path} ${declared}`)).toEqual([]);
  });
});

/** The object literals of a file that declare a kind of diagnostic: those with a code and a severity. */
function diagnosticsOf(
  path: string,
): readonly { path: string; code: string; properties: readonly string[] }[] {
  return [...nodes(parse(path))].filter(ts.isObjectLiteralExpression).flatMap((literal) => {
    const properties = literal.properties.map((property) => property.name?.getText() ?? '');
    const declared = literal.properties.find((property) => property.name?.getText() === 'code');
    if (
      declared === undefined ||
      !ts.isPropertyAssignment(declared) ||
      !ts.isStringLiteralLike(declared.initializer)
    )
      return [];
    return /^[EWVI]\d{4}$/.test(declared.initializer.text)
      ? [{ path, code: declared.initializer.text, properties }]
      : [];
  });
}

test('the recorded numbers are the ones that were recorded', () => {
  const folder = 'test/recorded';
  const listed = read(`${folder}/SHA256SUMS`).trim().split('\n').sort();
  const found = filesUnder(folder)
    .filter((path) => basename(path) !== 'SHA256SUMS')
    .map((path) => {
      const sum = createHash('sha256')
        .update(readFileSync(join(ROOT, path)))
        .digest('hex');
      return `${sum}  ${posix.relative(folder, path)}`;
    });
  expect(found.sort()).toEqual(listed);
});
