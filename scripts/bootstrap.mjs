/**
 * What every npm script of this repository goes through, so that a fresh clone needs nothing but Node and npm:
 * installs when node_modules is missing or older than the lock, builds what is stale, then runs the step.
 *
 *   node scripts/bootstrap.mjs STEP [ARGUMENTS]
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { Explained, fail, must, npm, ROOT, run, runTool } from './process.mjs';

const TSC = 'typescript/bin/tsc';
const TSX = 'tsx/dist/cli.mjs';
const PRETTIER = 'prettier/bin/prettier.cjs';
const VITEST = 'vitest/vitest.mjs';

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    throw new Explained(`Veriloss needs Node ${engines.node}; this is ${process.version}`);
  }
}

async function install() {
  // npm writes this file at the end of every installation.
  const installed = join(ROOT, 'node_modules/.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('Installing dependencies (npm ci) …');
  const [command, first] = npm();
  await must('npm ci', run(command, [...first, 'ci']));
}

/** Everything but the tests, on two cores; that generated files are fresh is one of those. */
async function lint() {
  const inTurn = async () => {
    await must('Type checking', runTool(TSC, ['-p', 'tsconfig.check.json']));
    await must('Prettier', runTool(PRETTIER, ['--check', '--log-level=warn', '.']));
  };
  const eslint = must('ESLint', runTool('eslint/bin/eslint.js', ['.', '--max-warnings=0']));
  const [failed] = (await Promise.allSettled([eslint, inTurn()])).filter(
    ({ status }) => status === 'rejected',
  );
  if (failed?.status === 'rejected') throw failed.reason;
}

/** @param {string[]} args */
const test = (args) => runTool(VITEST, ['run', ...args]);

/**
 * Each step answers an exit code; all but `check` are preceded by the installation.
 * @type {Readonly<Record<string, (args: string[]) => Promise<number>>>}
 */
const STEPS = {
  async build() {
    await build();
    return 0;
  },
  async check(args) {
    await build();
    await lint();
    return test(args);
  },
  test: (args) => STEPS.check?.(args) ?? Promise.resolve(1),
  /** The main job: every objective is checked, then one is compiled and trained with. */
  async start(args) {
    await build();
    await must('veriloss check', run(process.execPath, ['dist/cli/veriloss.js', 'check', 'objectives']));
    // Not by way of tsx's own command: at Ctrl-C that one kills a program which is slow to answer.
    return run(process.execPath, ['--import', 'tsx', 'examples/train/main.ts', ...args]);
  },
  async bench(args) {
    await build();
    return runTool(TSX, ['scripts/bench/main.ts', ...args]);
  },
  async fuzz(args) {
    await build();
    return runTool(TSX, ['scripts/fuzz-verify.ts', ...args]);
  },
  async vitest(args) {
    await build();
    return test(args);
  },
  generate: (args) => runTool(TSX, ['scripts/gen.ts', ...args]),
  format: () => runTool(PRETTIER, ['--write', '--log-level=warn', '.']),
  'native:install': (args) => run(process.execPath, ['scripts/native-install.mjs', ...args]),
  async native(args) {
    await build();
    await must('native:install', run(process.execPath, ['scripts/native-install.mjs']));
    // Without it, the tests that need it say so.
    await run(process.execPath, ['scripts/python-tensorflow.mjs']);
    return test(['--config', 'vitest.native.config.ts', ...args]);
  },
};

const [name = '', ...args] = process.argv.slice(2);
try {
  checkNode();
  const step = STEPS[name];
  if (step === undefined) throw new Explained(`no step ${name}; there are ${Object.keys(STEPS).join(', ')}`);
  if (name !== 'check') await install();
  process.exitCode = await step(args);
} catch (failure) {
  fail(failure);
}
