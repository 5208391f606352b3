/** The package as a user gets it: packed, installed into an empty project, imported, run and type-checked there. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { npm, ROOT } from '../../scripts/process.mjs';

const execute = promisify(execFile);
let project = '';
let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };

const inProject = async (program: string, ...args: string[]) =>
  (await execute(program, args, { cwd: project })).stdout.trim();
const evaluate = (code: string) => inProject(process.execPath, '--input-type=module', '--eval', code);
const runNpm = (...args: string[]) => {
  const [program, first] = npm();
  return inProject(program, ...first, ...args);
};

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'veriloss-package-'));
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  // dist/ is built by now; building it again here would pull it from under other tests.
  const said: unknown = JSON.parse(await runNpm('pack', ROOT, '--json', '--ignore-scripts'));
  packed = Object.values(said as Record<string, typeof packed>)[0] as typeof packed;
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm('install', ...flags, `./${packed.filename}`, '@tensorflow/tfjs-core@4.22.0');
}, 300_000);

afterAll(() => rm(project, { recursive: true, force: true }));

test('it contains what it should, and nothing else', async () => {
  // The parts of the command line are named after what is in them.
  const named = packed.files.map(({ path }) => path.replace(/^(dist\/cli\/.*)-[A-Z0-9]{8}\.js$/, '$1-….js'));
  const paths = [...new Set(named)].sort();
  const folded = paths
    .filter((path) => !(path.endsWith('.d.ts') && paths.includes(path.replace(/\.d\.ts$/, '.js'))))
    .map((path) =>
      paths.includes(path.replace(/\.js$/, '.d.ts')) ? path.replace(/\.js$/, '.{js,d.ts}') : path,
    );
  await expect(`${folded.join('\n')}\n`).toMatchFileSnapshot('contents.txt');
});

test('its manifest is one that publint has nothing to say about', async () => {
  const pkgDir = join(project, 'node_modules/veriloss');
  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}, { color: false }))).toEqual([]);
});

test.each(['veriloss', 'veriloss/runtime', 'veriloss/prettier', 'veriloss/objectives/real'])(
  '%s can be imported',
  async (name) => {
    expect(await evaluate(`console.log(Object.keys(await import('${name}')).length > 0)`)).toBe('true');
  },
);

test.each(['objectives/real.obj', 'verdicts.schema.json', 'package.json'])(
  'veriloss/%s is a file one can find',
  async (path) => {
    const code = `import { readFileSync } from 'node:fs';
    process.stdout.write(readFileSync(new URL(import.meta.resolve('veriloss/${path}'))));`;
    expect(await evaluate(code)).toBe((await readFile(join(ROOT, path), 'utf8')).trim());
  },
);

test('it runs as a program', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(await runNpm('exec', '--no', '--', 'veriloss', '--version')).toBe(version);
});

test('its program checks, explains and compiles with what it brings along', async () => {
  const program = (...args: string[]) => runNpm('exec', '--no', '--', 'veriloss', ...args);
  const file = 'node_modules/veriloss/objectives/grpo.obj';
  expect(await program('check', 'node_modules/veriloss/objectives')).toMatch(/^✓ \d+ objectives checked/);
  expect(await program('explain', file)).toContain('∂loss/∂logp');
  expect(await program('compile', file, '--stdout', '--language', 'js')).toContain(
    'export function lossAndGradients',
  );
});

test('the licences of all that its program contains are there', async () => {
  const folder = join(project, 'node_modules/veriloss/dist/cli');
  const parts = (await readdir(folder)).filter((file) => file.endsWith('.js'));
  const code = await Promise.all(parts.map((file) => readFile(join(folder, file), 'utf8')));
  // The bundler says in a comment where each part is from.
  const origins = code.join('\n').matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
  const contained = new Set([...origins].map(([, name]) => name));
  const notices = await readFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const listed = [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(.+\)$/gm)].map(([, name]) => name);
  expect(contained).toContain('chevrotain');
  expect(listed.sort()).toEqual([...contained].sort());
});

test('its types are found, and are right, under strict', async () => {
  const program = `
    import * as veriloss from 'veriloss';
    import * as runtime from 'veriloss/runtime';
    import source from 'veriloss/objectives/real.obj';
    import { inputs, loss, name, parameters, prepare } from 'veriloss/objectives/real';
    const text: string = source;
    const label: string = name;
    const numbers: number = inputs.length + parameters.length;
    export default [veriloss, runtime, text, label, numbers, loss, prepare] as const;
    // @ts-expect-error there is no such export: so the types are not any
    export const nothing = veriloss.thereIsNoSuchExport;
    // @ts-expect-error likewise
    export const none = runtime.thereIsNoSuchExport;
  `;
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: [],
  };
  await writeFile(join(project, 'use.ts'), program);
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  const checked = inProject(process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.');
  expect(await checked.catch((failure: { stdout: string }) => failure.stdout)).toBe('');
}, 120_000);
