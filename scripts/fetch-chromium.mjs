/** Gets a headless Chromium that has WebGPU in software, so that generated code is tested in a browser, without root. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached, CACHE } from './cache.mjs';
import { available, chromiumFiles, VERSION } from './chromium-package.mjs';
import { Explained, fail, isMain } from './process.mjs';
import { tarEntries } from './tar.mjs';

/** The folder of libraries that the browser needs and few servers have. */
const LIBRARIES = 'lib';

const chromiumFolder = () =>
  cached(`chromium-${VERSION}`, async (folder) => {
    if (!available) throw new Explained('there is a Chromium for Linux on x64 only');
    console.error(`Getting Chromium (70 MB, once) into ${CACHE} …`);
    const [chromium = '', drivers = Buffer.of(), libraries = Buffer.of()] = await chromiumFiles(
      ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br'],
      folder,
    );
    await writeFile(join(folder, 'chromium'), chromium, { mode: 0o755 });
    await mkdir(join(folder, LIBRARIES));
    for (const { name, bytes } of tarEntries(drivers))
      await writeFile(join(folder, basename(name)), bytes, { mode: 0o755 });
    for (const { name, bytes } of tarEntries(libraries))
      await writeFile(join(folder, LIBRARIES, basename(name)), bytes, { mode: 0o755 });
  });

/**
 * How to start the browser: its program, the arguments with which it has WebGPU, and its environment.
 * @returns {Promise<{ executablePath: string, args: string[], env: Record<string, string> }>}
 */
export async function chromium() {
  const folder = await chromiumFolder();
  const libraries = [join(folder, LIBRARIES), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  };
}

if (isMain(import.meta.url)) chromium().then(({ executablePath }) => console.log(executablePath), fail);
