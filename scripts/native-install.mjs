/**
 * Builds the real tfjs-node or tfjs-node-gpu where the library that its install script wants cannot be downloaded:
 * the package's own addon, compiled against the TensorFlow inside a Python wheel.
 *
 *   npm run native:install [-- --package tfjs-node]
 *
 * What is large stays in the cache. node_modules gets a copy of the package (a link to TensorFlow in it), because only
 * there does it share `@tensorflow/tfjs-core`, and so one engine, with generated code. `npm ci` and `npm install`
 * remove that copy again; putting it back takes a moment.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { cached, CACHE, packed } from './cache.mjs';
import { Explained, fail, isMain, npm, output, ROOT } from './process.mjs';
import { tarEntries } from './tar.mjs';

const VERSION = '4.22.0';
const WHEEL = 'tensorflow-cpu==2.15.1';
const WHEEL_SHA256 = '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26';
const HEADERS = 'node-api-headers@1.9.0';
const HEADERS_INTEGRITY =
  '2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==';
/** The newest Node-API that the package names, and so the one it looks for on any Node we support. */
const NAPI = 8;
/** In our copy of the package: says that it is ours to replace. */
const MARK = 'built-by-veriloss';
/**
 * The packages, with the SHA-512 of their archives.
 * @type {Readonly<Record<string, string>>}
 */
const PACKAGES = {
  'tfjs-node': 'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  'tfjs-node-gpu': 'p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
};

/** What Python is asked to take out of the wheel: the libraries and the headers of the C interface. */
const UNZIP = `
import re, sys, zipfile
wanted = re.compile(r'tensorflow/(libtensorflow_(cc|framework)\\.so\\.2|include/(tensorflow/(c|core/platform|core/c|tsl)|tsl|xla/(tsl/)?c|xla/tsl|external/local_tsl)/.*\\.h)$')
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if wanted.match(name)])
`;

/** @param {string} spec @param {string} integrity @param {string} folder */
async function unpack(spec, integrity, folder) {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes, executable } of tarEntries(gunzipSync(await packed(spec, integrity, folder)))) {
    const path = join(folder, name.replace(/^[^/]*\//, ''));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes, { mode: executable ? 0o755 : 0o644 });
  }
}

/**
 * The first of these programs that answers `--version`-like arguments.
 * @param {readonly (string | undefined)[]} names
 * @param {readonly string[]} args
 */
async function find(names, args) {
  for (const name of names) {
    if (name === undefined || name === '') continue;
    const works = await output(name, args).then(
      () => true,
      () => false,
    );
    if (works) return name;
  }
  return undefined;
}

async function tools() {
  const python = await find([process.env.PYTHON, 'python3', 'python'], ['-m', 'pip', '--version']);
  const compiler = await find([process.env.CXX, 'g++', 'clang++'], ['--version']);
  const missing = [
    ...(python === undefined ? ['Python 3 with pip (Debian: apt-get install python3-pip)'] : []),
    ...(compiler === undefined ? ['a C++ compiler (Debian: apt-get install g++)'] : []),
  ];
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Explained(
      `native:install knows ${WHEEL} for Linux on x64 only. Elsewhere: npm run gpu:install, or npm install --no-save --save-prod @tensorflow/tfjs-node@${VERSION}`,
    );
  if (python === undefined || compiler === undefined)
    throw new Explained(`native:install needs ${missing.join(' and ')}`);
  return { python, compiler };
}

/** TensorFlow out of the wheel, under the names by which the addon links it; 650 MB. */
const tensorflow = () =>
  cached(`tensorflow-cpu-2.15.1`, async (folder) => {
    const { python } = await tools();
    console.error(`Getting ${WHEEL} (207 MB to download, once) into ${CACHE} …`);
    const download = await mkdtemp(join(folder, 'download-'));
    // Only the libraries are used, so any Python will do to fetch the wheel of one.
    const target = ['--platform', 'manylinux_2_17_x86_64', '--python-version', '3.11', '--only-binary=:all:'];
    const requirement = join(download, 'requirement.txt');
    await writeFile(requirement, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-cache-dir', '--no-deps', ...target];
    await output(python, [...pip, '--dest', download, '--requirement', requirement]);
    const wheel = (await readdir(download)).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error(`pip downloaded no wheel for ${WHEEL}`);
    await output(python, ['-c', UNZIP, join(download, wheel), download]);
    await mkdir(join(folder, 'lib'));
    await rename(join(download, 'tensorflow/include'), join(folder, 'include'));
    for (const [wheelName, name] of [
      ['cc', 'libtensorflow'],
      ['framework', 'libtensorflow_framework'],
    ]) {
      const library = `libtensorflow_${wheelName}.so.2`;
      await rename(join(download, 'tensorflow', library), join(folder, 'lib', library));
      await symlink(library, join(folder, 'lib', `${name}.so`));
    }
    await rm(download, { recursive: true });
  });

/**
 * The package with its addon built and its dependencies inside, but without TensorFlow and without tfjs itself.
 * @param {string} name
 */
const built = (name) =>
  cached(`${name}-${VERSION}-tf2.15.1`, async (folder) => {
    const { compiler } = await tools();
    const library = await tensorflow();
    console.error(`Building the addon of @tensorflow/${name}@${VERSION} …`);
    await unpack(`@tensorflow/${name}@${VERSION}`, PACKAGES[name] ?? '', folder);
    const headers = join(folder, 'headers');
    await unpack(HEADERS, HEADERS_INTEGRITY, headers);

    const addon = join(folder, 'lib', `napi-v${NAPI}`);
    await mkdir(addon, { recursive: true });
    const sources = ['tfjs_backend', 'tfjs_binding'];
    const compile = (/** @type {string} */ source) =>
      output(
        compiler,
        // prettier-ignore
        ['-c', '-O2', '-fPIC', '-std=c++17', '-w', `-DNAPI_VERSION=${NAPI}`, `-I${headers}/include`, `-I${library}/include`,
          join('binding', `${source}.cc`), '-o', `${source}.o`],
        { cwd: folder },
      );
    if (availableParallelism() > 1) await Promise.all(sources.map(compile));
    else for (const source of sources) await compile(source);
    const objects = sources.map((source) => `${source}.o`);
    await output(
      compiler,
      // prettier-ignore
      ['-shared', ...objects, '-o', join(addon, 'tfjs_binding.node'), `-L${library}/lib`, '-ltensorflow', '-ltensorflow_framework',
        '-Wl,-rpath,$ORIGIN/../../deps/lib'],
      { cwd: folder },
    );
    for (const leftover of [...objects, 'headers']) await rm(join(folder, leftover), { recursive: true });

    // Its own dependencies go inside; tfjs is to be found outside, where generated code finds it.
    const manifest = await readFile(join(folder, 'package.json'), 'utf8');
    const dependencies = Object.entries(JSON.parse(manifest).dependencies).filter(
      ([dependency]) => !dependency.startsWith('@tensorflow/'),
    );
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: Object.fromEntries(dependencies) }),
    );
    const [command, first] = npm();
    await output(command, [...first, 'install', '--ignore-scripts', '--no-package-lock', '--no-audit'], {
      cwd: folder,
    });
    await writeFile(join(folder, 'package.json'), manifest);
    await writeFile(join(folder, MARK), `${WHEEL}\n`);
  });

/**
 * Puts the package into node_modules, unless npm itself installed it there.
 * @param {string} name `tfjs-node` or `tfjs-node-gpu`
 */
export async function nativeInstall(name) {
  if (!(name in PACKAGES))
    throw new Explained(`--package takes ${Object.keys(PACKAGES).join(' or ')}, not ${name}`);
  const place = join(ROOT, 'node_modules/@tensorflow', name);
  if (existsSync(place) && !existsSync(join(place, MARK))) {
    console.error(`@tensorflow/${name} was installed by npm: left as it is`);
    return place;
  }
  const source = await built(name);
  const library = await tensorflow();
  const draft = `${place}.draft`;
  await rm(draft, { recursive: true, force: true });
  await cp(source, draft, { recursive: true, verbatimSymlinks: true });
  await symlink(library, join(draft, 'deps'));
  await rm(place, { recursive: true, force: true });
  await rename(draft, place);
  return place;
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { package: { type: 'string', default: 'tfjs-node-gpu' } } });
  nativeInstall(values.package.replace('@tensorflow/', '')).then(
    (place) => console.error(`@tensorflow/${values.package} is in ${place}`),
    fail,
  );
}
