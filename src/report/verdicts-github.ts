/** Verdicts as workflow commands, which GitHub shows as annotations beside the changed lines. */
import { diagnosticsGithub } from './diagnostics-github.js';
import { failures } from './verdict-diagnostic.js';
import type { Replay, Verified } from './verified.js';

/** One line per claim that fails; empty where none does. */
export const verdictsGithub = (files: readonly Verified[], replay?: Replay): string =>
  diagnosticsGithub(failures(files, replay));
