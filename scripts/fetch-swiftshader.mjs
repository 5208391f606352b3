/**
 * Gets SwiftShader, a Vulkan driver in software, so that WebGPU is tested where there is no GPU, without root.
 * It comes out of an npm package that ships it; the package itself is never installed.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { cached, CACHE, packed } from './cache.mjs';
import { fail, isMain } from './process.mjs';
import { tarEntries } from './tar.mjs';

const SOURCE = '@sparticuz/chromium@153.0.0';
const INTEGRITY = 'jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==';
const ARCHIVE = 'package/bin/swiftshader.tar.br';
const LIBRARIES = ['libvk_swiftshader.so', 'libvulkan.so.1'];
const ICD = 'icd.json';

/** Whether there is a SwiftShader for this machine. */
export const available = process.platform === 'linux' && process.arch === 'x64';

/** The folder that holds the driver, the Vulkan loader and the driver's description. */
export const swiftshader = () =>
  cached('swiftshader-153.0.0', async (folder) => {
    console.error(`Getting SwiftShader out of ${SOURCE} (70 MB, once) into ${CACHE} …`);
    const download = await mkdtemp(join(folder, 'download-'));
    const outer = gunzipSync(await packed(SOURCE, INTEGRITY, download));
    await rm(download, { recursive: true });
    const inner = [...tarEntries(outer)].find((entry) => entry.name === ARCHIVE);
    if (inner === undefined) throw new Error(`${SOURCE} has no ${ARCHIVE}`);
    for (const { name, bytes } of tarEntries(brotliDecompressSync(inner.bytes)))
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
