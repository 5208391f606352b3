/** Every kind of diagnostic there is: of the syntax, then of the checker, each in order of its code. */
import type { DiagnosticKind } from './base/diagnostic.js';
import { checkRules } from './check/rules/index.js';
import { syntaxRules } from './syntax/rules/index.js';

export const kinds: readonly DiagnosticKind[] = [...syntaxRules, ...checkRules];
