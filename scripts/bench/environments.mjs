/**
 * What baselines are compiled by, and the package does not depend on: fetched into build/ when it is first measured, of an
 * exact version each. Each answers where it is, or throws what npm or pip said.
 */
import { join } from 'node:path';
import { cached } from '../cache.mjs';
import { Explained, npm, output, ROOT } from '../process.mjs';

const FOLDER = join(ROOT, 'build/baselines');
const JAX_JS = '0.1.25';

/** Of each environment of Python, which packages. */
const PYTHON = { jax: ['jax==0.10.2'], torch: ['torch==2.15.0', 'numpy==2.4.6'] };

/** The path of the module of jax-js. */
export async function jaxJs() {
  const folder = await cached(
    `jax-js-${JAX_JS}`,
    async (draft) => {
      console.error(`Getting @jax-js/jax ${JAX_JS} (once) …`);
      const [command, first] = npm();
      await output(command, [
        ...first,
        'install',
        '--no-save',
        '--ignore-scripts',
        '--prefix',
        draft,
        `@jax-js/jax@${JAX_JS}`,
      ]);
    },
    FOLDER,
  );
  return join(folder, 'node_modules/@jax-js/jax/dist/index.js');
}

const ASK = 'import sys, pip; print("%d.%d" % sys.version_info[:2])';

async function python() {
  for (const name of [process.env.PYTHON, 'python3', 'python']) {
    if (name === undefined || name === '') continue;
    const version = await output(name, ['-c', ASK]).catch(() => '');
    if (/^3\.(1[1-9]|[2-9]\d)$/.test(version.trim())) return name;
  }
  throw new Explained('it needs Python 3.11 or later with pip');
}

/**
 * A program and the folder of its packages, which is to be its PYTHONPATH.
 * @param {'jax' | 'torch'} which torch takes 5 GB on Linux, where its packages bring the libraries of a GPU
 */
export async function pythonWith(which) {
  const program = await python();
  const packages = await cached(
    PYTHON[which].join('-').replaceAll('==', '-'),
    async (draft) => {
      console.error(`Getting ${PYTHON[which].join(' and ')} for Python (once) …`);
      const pip = ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--only-binary=:all:'];
      await output(program, [...pip, '--target', draft, ...PYTHON[which]]);
    },
    FOLDER,
  );
  return { program, packages };
}
