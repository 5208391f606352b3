/** The npm package that ships a headless Chromium and the drivers it brings. It is read, and never installed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { packed } from './cache.mjs';
import { tarEntries } from './tar.mjs';

export const VERSION = '153.0.0';
const SOURCE = `@sparticuz/chromium@${VERSION}`;
const INTEGRITY = 'jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==';

/** Whether what it ships runs on this machine. */
export const available = process.platform === 'linux' && process.arch === 'x64';

/**
 * Downloads the package (70 MB) and answers some of what its `bin` holds, decompressed.
 * @param {readonly string[]} names
 * @param {string} folder where there is room for the download
 */
export async function chromiumFiles(names, folder) {
  const download = await mkdtemp(join(folder, 'download-'));
  const entries = [...tarEntries(gunzipSync(await packed(SOURCE, INTEGRITY, download)))];
  await rm(download, { recursive: true });
  return names.map((name) => {
    const entry = entries.find((one) => one.name === `package/bin/${name}`);
    if (entry === undefined) throw new Error(`${SOURCE} has no ${name}`);
    return brotliDecompressSync(entry.bytes);
  });
}
