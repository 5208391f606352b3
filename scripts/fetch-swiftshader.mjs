/**
 * Gets SwiftShader, a Vulkan driver in software, so that WebGPU is tested where there is no GPU, without root.
 * It comes out of an npm package that ships it; the package itself is never installed.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached, CACHE } from './cache.mjs';
import { available, chromiumFiles } from './chromium-package.mjs';
import { fail, isMain } from './process.mjs';
import { tarEntries } from './tar.mjs';

const LIBRARIES = ['libvk_swiftshader.so', 'libvulkan.so.1'];
const ICD = 'icd.json';

/** The folder that holds the driver, the Vulkan loader and the driver's description. */
export const swiftshader = () =>
  cached('swiftshader-153.0.0', async (folder) => {
    console.error(`Getting SwiftShader (70 MB, once) into ${CACHE} …`);
    const [archive = Buffer.of()] = await chromiumFiles(['swiftshader.tar.br'], folder);
    for (const { name, bytes } of tarEntries(archive))
      if (LIBRARIES.includes(basename(name)))
        await writeFile(join(folder, basename(name)), bytes, { mode: 0o755 });
    const icd = {
      file_format_version: '1.0.0',
      ICD: { library_path: `./${LIBRARIES[0]}`, api_version: '1.1.0' },
    };
    await writeFile(join(folder, ICD), JSON.stringify(icd));
  });

/**
 * The environment in which a process must be *started* for WebGPU to find SwiftShader and nothing else.
 * Empty where there is none, or where `VERILOSS_WEBGPU=system` asks for the machine's own adapter.
 * @returns {Promise<Record<string, string>>}
 */
export async function swiftshaderEnvironment() {
  if (!available || process.env.VERILOSS_WEBGPU === 'system') return {};
  const folder = await swiftshader();
  const libraries = process.env.LD_LIBRARY_PATH;
  return {
    VK_DRIVER_FILES: join(folder, ICD),
    VK_LOADER_LAYERS_DISABLE: '*',
    LD_LIBRARY_PATH: libraries === undefined || libraries === '' ? folder : `${folder}:${libraries}`,
  };
}

if (isMain(import.meta.url))
  swiftshaderEnvironment().then(
    (variables) => Object.entries(variables).forEach(([name, value]) => console.log(`${name}=${value}`)),
    fail,
  );
