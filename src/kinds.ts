/** Every kind of diagnostic there is: of the syntax, of the checker, the lints, and of claims that fail. */
import type { DiagnosticKind } from './base/diagnostic.js';
import { checkRules } from './check/rules/index.js';
import { lints } from './lint/rules/index.js';
import { verdictRules } from './report/rules/index.js';
import { syntaxRules } from './syntax/rules/index.js';

export const kinds: readonly DiagnosticKind[] = [
  ...syntaxRules,
  ...checkRules,
  ...lints.map(({ kind }) => kind),
  ...verdictRules.map(({ kind }) => kind),
];
