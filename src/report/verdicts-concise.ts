/** Verdicts as one line each, `file:line:column: status[CODE] title`, which editors and `grep` understand. */
import { plain, type Paint } from '../base/frame.js';
import { diagnosticsConcise } from './diagnostics-concise.js';
import { failures } from './verdict-diagnostic.js';
import type { Verified } from './verified.js';

/** One line per claim that fails; empty where none does. */
export const verdictsConcise = (files: readonly Verified[], paint: Paint = plain): string =>
  diagnosticsConcise(failures(files), paint);
