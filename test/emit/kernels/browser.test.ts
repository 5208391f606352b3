/** Modules that stand alone, in a browser: the same numbers as the reference, by kernels on its WebGPU. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromium as ownChromium } from '../../../scripts/fetch-chromium.mjs';
import { announceMissing } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { ROOT } from '../../sources.js';
import { randomBatch } from '../batches.js';
import { deviation, reference } from '../compare.js';
import { emitted, objective } from '../compiled.js';
import type { PageResult } from './page.js';

const NAMES = ['grpo', 'real'] as const;
const ADDRESS = 'http://localhost/';

let browser: Browser | undefined;
let page: Page | undefined;
beforeAll(async () => {
  try {
    browser = await chromium.launch({ ...(await ownChromium()), timeout: 20_000 });
    page = await browser.newPage();
    // WebGPU is there for pages that are served from somewhere safe; nothing is listening.
    await page.route(`${ADDRESS}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.goto(ADDRESS);
    const hasAdapter = await page.evaluate(
      'navigator.gpu?.requestAdapter().then((adapter) => adapter !== null)',
    );
    if (hasAdapter !== true) throw new Error('its WebGPU has no adapter');
  } catch (failure) {
    page = undefined;
    const lines = String(failure).split('\n');
    const said = lines.find((line) => line.includes('[err]')) ?? '';
    const why = `${lines[0] ?? ''} ${said.trim()}`;
    announceMissing('kernels in a browser', `no Chromium runs on this machine: ${why}`);
  }
}, 300_000);
afterAll(() => browser?.close());

/** The page's script: two modules, tfjs, and its WebGPU backend. */
async function bundled(): Promise<string> {
  const folder = join(ROOT, 'build/emitted');
  mkdirSync(folder, { recursive: true });
  for (const name of NAMES) {
    const [text = ''] = await emitted(objective(name), { kernels: true, standalone: true, language: 'js' });
    writeFileSync(join(folder, `page-${name}.js`), text);
  }
  const contents = [
    "import { computeIn } from './test/emit/kernels/page.js';",
    ...NAMES.map((name) => `import * as ${name} from './build/emitted/page-${name}.js';`),
    `globalThis.computed = (name, raw) => computeIn({ ${NAMES.join(', ')} }[name], raw);`,
  ].join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

test('GRPO and REAL agree with the reference', async (context) => {
  if (page === undefined) return context.skip('no browser');
  await page.addScriptTag({ content: await bundled() });
  // Of 7 positions a lane takes one at a time, of 20 four.
  for (const [name, positions] of NAMES.flatMap((one) => [7, 20].map((size) => [one, size] as const))) {
    const { inputs } = objective(name);
    const raw = randomBatch(randomFrom(7), inputs, { rollouts: 11, positions, regular: false });
    const result = await page.evaluate<PageResult>(
      `computed(${JSON.stringify(name)}, ${JSON.stringify(raw)})`,
    );
    const expected = reference(objective(name), raw, {});
    expect(result.path).toBe('webgpu');
    expect(deviation(result.gradient, expected.grad['logp'])).toBeLessThanOrEqual(1);
    expect(deviation([result.loss], expected.loss, 10)).toBeLessThanOrEqual(1);
    for (const [metric, value] of Object.entries(expected.metrics))
      expect(deviation([result.metrics[metric] ?? NaN], value, 10)).toBeLessThanOrEqual(1);
    expect(result.left).toBe(0);
  }
});
