/** E0101: unknown character. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const unknownCharacter: DiagnosticKind = {
  code: 'E0101',
  severity: 'error',
  title: 'unknown character',
  explanation:
    'The text has a character that no word, number or sign of the language contains. Names are made of letters, marks, digits and `_` of any script; superscripts and subscripts are neither.',
  bad: `objective example {
  model logp : token
  metric length = mean[rollout in batch](count[token]);
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric length = mean[rollout in batch](count[token])
  minimize mean[token in batch](-logp)
}
`,
};

const advice: Readonly<Record<string, string>> = {
  ';': 'items need no separator: leave it out',
  '?': 'a choice is written `if c then a else b`',
  '.': 'functions are called by name, as in `exp(x)`',
  '@': 'there is no matrix product: sums are written `sum[token](a * b)`',
  '\\': 'names are written as letters, as in `tau` or `τ`',
  '"': 'strings are written in double quotes',
  "'": 'strings are written in double quotes',
};

/** Names characters that no token begins with. */
export function describeUnknown(text: string, span: Span): Diagnostic {
  const characters = [...text.slice(span.start, span.end)];
  const [first = ''] = characters;
  const code = (first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(first) ? `\`${first}\`` : `U+${code}`;
  return diagnose(unknownCharacter, {
    title: `unknown character ${shown}`,
    primary: {
      span,
      text: characters.length > 1 ? 'not part of the language' : 'no name or sign begins with it',
    },
    hint: advice[first],
  });
}
