/** Differences in meaning as JSON: the data as they are, and whether there is any. */
import { isSame, type Difference } from '../proof/difference.js';
import { FORMAT_VERSION } from './diagnostics-json.js';

export const differenceJson = (differences: readonly Difference[]): string =>
  `${JSON.stringify({ format_version: FORMAT_VERSION, same: differences.every(isSame), differences }, null, 2)}\n`;
