/** Generated files are what their generator makes of the grammar and the command line today: `npm run generate` rewrites them. */
import { expect, test } from 'vitest';
import { generated } from '../scripts/generated.js';
import { read } from './sources.js';

const files = await generated();

test.each(files)('$path is fresh', ({ path, text }) => {
  expect(read(path)).toBe(text);
});
