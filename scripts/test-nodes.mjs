/** Builds and tests on every Node that we claim to support: `npm run test:nodes`. Each comes from npm, into the cache. */
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cached } from './cache.mjs';
import { fail, npm, output, ROOT, run } from './process.mjs';

const MAJORS = [20, 22, 24];
const SYSTEM = process.platform === 'win32' ? 'win' : process.platform;

/**
 * The folder of a Node's programs.
 * @param {number} major
 */
async function node(major) {
  const name = `node-${SYSTEM}-${process.arch}`;
  const folder = await cached(`nodes/${major}`, async (draft) => {
    console.error(`Getting Node ${major} (${name} from npm, about 100 MB, once) …`);
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
    const [command, first] = npm();
    await output(command, [...first, 'install', '--no-audit', '--no-package-lock', `${name}@${major}`], {
      cwd: draft,
    });
  });
  return join(folder, 'node_modules', name, 'bin');
}

/** @param {number} major */
async function suite(major) {
  const started = Date.now();
  const programs = await node(major);
  const program = join(programs, 'node');
  const version = (await output(program, ['--version'])).trim();
  console.log(`\n=== Node ${version} ===`);
  // npm's programs find their Node through the path.
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}` };
  const code = await run(program, [join(ROOT, 'scripts/bootstrap.mjs'), 'vitest', '--no-color'], { env });
  return { version, code, seconds: Math.round((Date.now() - started) / 1000) };
}

try {
  const rows = [];
  for (const major of MAJORS)
    rows.push(
      await suite(major).catch((failure) => {
        console.error(failure);
        return { version: `${major} (could not be run)`, code: 1, seconds: 0 };
      }),
    );
  console.log('\nNode                     result   seconds');
  for (const { version, code, seconds } of rows)
    console.log(`${version.padEnd(24)} ${(code === 0 ? 'passed' : 'FAILED').padEnd(8)} ${seconds}`);
  process.exitCode = rows.every(({ code }) => code === 0) ? 0 : 1;
} catch (failure) {
  fail(failure);
}
