/** E0109: missing symbol or word. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import { tokenTable } from '../../../grammar/tokens.js';
import { expecting, here, openedHere, type Situation } from '../situation.js';
import { is } from '../token-list.js';

export const expectedSymbol: DiagnosticKind = {
  code: 'E0109',
  severity: 'error',
  title: 'missing symbol or word',
  explanation:
    'At this place the grammar allows exactly one word or sign, and something else stands there. The message says which, and the form of the construct.',
  bad: `objective example {
  model logp : token
  data reward rollout
  minimize mean[token in batch](-logp * reward)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp * reward)
}
`,
};

/** The form of each construct, for hints. */
const forms: Readonly<Record<string, string>> = {
  importing: 'import { k3 } from "std"',
  definition: 'def name(a, b) = …',
  objective: 'objective name { … }',
  param: 'param tau in (0, inf) = 0.5',
  declaration: 'data reward : rollout in [0, 1]',
  binding: 'let name = …',
  metric: 'metric name = …',
  property: 'verify "label" for guard : claim',
  conditional: 'if c then a else b',
  interval: '(0, 1]',
  index: 'mean[token in batch where c](x)',
  shape: 'e is nonincreasing in s',
  direction: 'e is nonincreasing in s',
  variable: 'e is nonincreasing in s',
  limit: 'e tends to f as x -> inf',
};

const labels: ReadonlyMap<string, string> = new Map(tokenTable.map(({ name, label }) => [name, label]));

function wanted({ problem, previous }: Situation): string {
  const label = labels.get(problem.expected) ?? 'the end of the file';
  if (problem.expected === 'RParen' && ['call', 'definition'].includes(problem.rule))
    return `\`,\` or ${label}`;
  if (problem.expected === 'RCurly' && ['set', 'importing'].includes(problem.rule))
    return `\`,\` or ${label}`;
  if (problem.expected === 'RSquare' && is(previous, 'Others')) return `\`where\` or ${label}`;
  if (problem.expected === 'RSquare' && is(previous, 'Batch', 'Group', 'Rollout', 'Token', 'Vocab'))
    return `\`in\`, \`where\` or ${label}`;
  if (problem.rule === 'interval' && problem.kind === 'choice') return '`)` or `]`';
  return label;
}

/** The others are those of a rollout's own group, and the result is the rollout's. */
const outerOfOthers = ({ previous, found }: Situation): string | undefined =>
  is(previous, 'Others') && is(found, 'In')
    ? 'the result stays at the rollout: write `[others]`, and reduce that further'
    : undefined;

/** One word or sign was needed. It is the last detector: it takes whatever the others leave. */
export function describeExpectedSymbol(situation: Situation): Diagnostic {
  const { problem } = situation;
  const what = wanted(situation);
  const form = forms[problem.rule];
  const closing = ['RParen', 'RSquare', 'RCurly'].includes(problem.expected);
  return diagnose(expectedSymbol, {
    title: `missing ${what}`,
    primary: { span: here(situation), text: expecting(situation, what) },
    secondary: closing ? openedHere(situation) : [],
    hint: outerOfOthers(situation) ?? (closing || form === undefined ? undefined : `the form is \`${form}\``),
  });
}
