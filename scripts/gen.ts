/** Writes the generated files. Run it after a change of what they are made from: `npx tsx scripts/gen.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generated } from './generated.js';

const root = new URL('../', import.meta.url);
for (const { path, text } of await generated()) writeFileSync(fileURLToPath(new URL(path, root)), text);
