/** Starting other programs: always this Node, always from the repository's root, never through a shell of its own. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** A failure that is explained by its message alone: printed without a stack. */
export class Explained extends Error {}

/**
 * Runs a program to its end, sharing our terminal, and answers its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // Ctrl-C reaches the program as well, which may have something to save: it decides when this ends.
    const wait = () => {};
    process.on('SIGINT', wait);
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait);
      if (signal !== null) console.error(`${command} was ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
}

/**
 * Demands of a program's exit code that it be 0; the program has said itself what is wrong.
 * @param {string} what
 * @param {Promise<number>} code
 */
export async function must(what, code) {
  if ((await code) !== 0) throw new Explained(`\n${what} failed`);
}

/**
 * Runs a program that must succeed, quietly: its output is shown only if it fails. Answers what it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>}
 */
export function output(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => (out += chunk));
    child.stderr?.on('data', (chunk) => (err += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Explained(`${[command, ...args].join(' ')} failed (${code}):\n${(err + out).trim()}`));
    });
  });
}

/**
 * The command line of the npm that belongs to this Node or that started us.
 * @returns {[string, string[]]} program and first arguments
 */
export function npm() {
  const started = process.env.npm_execpath;
  if (started !== undefined && /\bnpm-cli\.c?js$/.test(started)) return [process.execPath, [started]];
  const beside = [
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ].find((path) => existsSync(path));
  return beside === undefined ? ['npm', []] : [process.execPath, [beside]];
}

/**
 * A program of an installed package, started by this Node.
 * @param {string} path inside node_modules
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export const runTool = (path, args, options) =>
  run(process.execPath, [join(ROOT, 'node_modules', path), ...args], options);

/**
 * Ends a script: an explained failure as its sentence, any other with its stack.
 * @param {unknown} failure
 */
export function fail(failure) {
  console.error(failure instanceof Explained ? failure.message : failure);
  process.exitCode = 1;
}

/**
 * Whether the module with this URL is the program being run.
 * @param {string} url
 */
export const isMain = (url) =>
  process.argv[1] !== undefined && fileURLToPath(url) === realpathSync(process.argv[1]);
