/** E0104: unclosed bracket. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import type { Token } from '../../../grammar/lexer.js';
import { bracketName, expecting, here, openedHere, type Detector } from '../situation.js';
import { is, isCloser, isName, startsDeclaration, startsItem } from '../token-list.js';

export const unclosedBracket: DiagnosticKind = {
  code: 'E0104',
  severity: 'error',
  title: 'unclosed bracket',
  explanation:
    'Every `(`, `[` and `{` has a partner. An item keyword ends the item before it, so whatever is open there was left open.',
  bad: `objective example {
  model logp : token
  metric clipped = mean[token in batch](clip(logp, 0 - 2, 2)
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric clipped = mean[token in batch](clip(logp, 0 - 2, 2))
  minimize mean[token in batch](-logp)
}
`,
};

const separated: ReadonlySet<string> = new Set(['call', 'set', 'importing', 'definition']);

/** An item, a declaration or the text ends while a bracket is open. */
export const detectUnclosedBracket: Detector = (situation) => {
  const { problem, found, opener, beforeOpener } = situation;
  if (opener === undefined || problem.kind === 'end') return undefined;
  const [own, label] = closers[opener.tokenType.name] ?? [];
  const interval = problem.rule === 'interval';
  if (own === undefined || !(problem.expected === own || interval)) return undefined;
  const ends =
    found === undefined ||
    startsItem(found) ||
    startsDeclaration(found) ||
    isCloser(found) ||
    (interval && is(found, 'Equals'));
  if (!ends || (startsItem(found) && problem.rule === 'objective')) return undefined;
  if (interval && problem.kind === 'token') return undefined;
  const wanted = interval ? '`)` or `]`' : separated.has(problem.rule) ? `${label} or \`,\`` : label;
  const name = problem.rule === 'objective' ? nameOf(beforeOpener) : bracketName(situation);
  return diagnose(unclosedBracket, {
    title: `unclosed ${name}`,
    primary: { span: here(situation), text: expecting(situation, wanted ?? '') },
    secondary: openedHere(situation),
  });
};

const closers: Readonly<Record<string, readonly [string, string]>> = {
  LParen: ['RParen', '`)`'],
  LSquare: ['RSquare', '`]`'],
  LCurly: ['RCurly', '`}`'],
};

const nameOf = (before: Token | undefined): string =>
  isName(before) ? `objective \`${before?.image}\`` : 'objective';
