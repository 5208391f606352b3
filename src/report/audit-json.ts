/** An audit as JSON: the data as they are. */
import type { Audit } from '../proof/audit.js';
import { FORMAT_VERSION } from './diagnostics-json.js';

/** One document for all audits, ending in a newline. */
export const auditJson = (audits: readonly Audit[]): string =>
  `${JSON.stringify({ format_version: FORMAT_VERSION, audits }, null, 2)}\n`;
