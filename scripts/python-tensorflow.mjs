/**
 * Python's TensorFlow in the cache, for the tests that load SavedModels as a user of it does; 700 MB. It is put into a
 * folder of its own, so that neither a virtual environment nor the user's packages are touched.
 *
 *   node scripts/python-tensorflow.mjs
 */
import { cached } from './cache.mjs';
import { Explained, fail, isMain, output } from './process.mjs';

const VERSION = '2.15.1';

/** Says a Python's version, and whether it has pip. */
const ASK = 'import sys, pip; print("%d.%d" % sys.version_info[:2])';

/** The Python that this TensorFlow has a wheel for: 3.9, 3.10 or 3.11. */
async function python() {
  for (const name of [process.env.PYTHON, 'python3', 'python', 'python3.11', 'python3.10', 'python3.9']) {
    if (name === undefined || name === '') continue;
    const version = await output(name, ['-c', ASK]).catch(() => '');
    if (/^3\.(9|10|11)$/.test(version.trim())) return name;
  }
  throw new Explained(`tensorflow-cpu ${VERSION} needs Python 3.9, 3.10 or 3.11 with pip`);
}

/**
 * A program and the folder of its packages, which is to be its PYTHONPATH.
 * @returns {Promise<{ readonly program: string, readonly packages: string }>}
 */
export async function pythonTensorflow() {
  const program = await python();
  const packages = await cached(`tensorflow-python-${VERSION}`, async (folder) => {
    console.error(`Getting tensorflow-cpu ${VERSION} for Python (once) …`);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--only-binary=:all:'];
    await output(program, [...pip, '--target', folder, `tensorflow-cpu==${VERSION}`]);
  });
  return { program, packages };
}

if (isMain(import.meta.url))
  pythonTensorflow().then(({ packages }) => console.error(`Python's TensorFlow is in ${packages}`), fail);
