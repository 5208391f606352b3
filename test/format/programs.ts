/** Programs of the repository, for what must hold of all of them, and how they are compared. Not a test. */
import { checkRules } from '../../src/check/rules/index.js';
import { lex } from '../../grammar/lexer.js';
import { syntaxRules } from '../../src/syntax/rules/index.js';
import { format } from '../../src/format/format.js';
import { filesUnder, read } from '../sources.js';
import { parseText } from '../syntax/render.js';
import { programs as ofTheGrammar } from '../syntax/programs.js';

export interface Program {
  readonly name: string;
  readonly text: string;
}

/** The blocks of a page that are whole objectives. */
const inPage = (path: string): readonly Program[] =>
  [...read(path).matchAll(/^```\w*\n(.*?)^```$/gms)]
    .map(([, text = ''], at) => ({ name: `${path} ${at + 1}`, text }))
    .filter(({ text }) => /^objective \w+ \{$/m.test(text));

/** Later forms and unusual ones, which no objective has yet. */
const UNUSUAL = `import { k3, advantage } from "std"
import { own } from "./own.obj"
def twice(a) = 2 * a
def none() = 1
objective later "with a title" {
  tag id : rollout
  param low in integer = 1 param high in integer [low, 10) = 2 "how many"
  model logits : vocab
  data action : token index
  let chosen = log_softmax[vocab](logits) at action
  let rest = max[others where id == id](chosen, anchor: -inf)
  minimize mean[rollout in batch](rest) as actor
  maximize mean[rollout in batch](rest) as critic
}
`;

const all: readonly Program[] = [
  ...filesUnder('objectives', 'test')
    .filter((path) => path.endsWith('.obj'))
    .map((path) => ({ name: path, text: read(path) })),
  ...filesUnder('docs', 'README.md', 'examples')
    .filter((path) => path.endsWith('.md'))
    .flatMap(inPage),
  ...[...syntaxRules, ...checkRules].flatMap(({ code, bad, good }) => [
    { name: `${code} bad`, text: bad },
    { name: `${code} good`, text: good },
  ]),
  ...ofTheGrammar.map((text, at) => ({ name: `grammar ${at + 1}`, text })),
  { name: 'unusual', text: UNUSUAL },
];

const isRight = ({ text }: Program): boolean =>
  !parseText(text).diagnostics.some(({ code, severity }) => severity === 'error' && code !== 'E0180');

/** Programs without mistakes of syntax, and the others. */
export const right: readonly Program[] = all.filter(isRight);
export const wrong: readonly Program[] = all.filter((program) => !isRight(program));

/** The text as `format` leaves it. */
export function formatted(text: string): string {
  const result = format(text, 'test.obj');
  if ('text' in result) return result.text;
  throw new Error(
    `not formatted: ${result.diagnostics.map(({ code, title }) => `${code} ${title}`).join(', ')}`,
  );
}

const isSpan = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).sort().join() === 'end,start';

/** The syntax tree and what is said about it, without places. */
export function meaning(text: string): string {
  const { file, diagnostics } = parseText(text);
  const plain = JSON.stringify(
    file,
    (_, value: unknown) => (isSpan(value) ? 0 : value instanceof Set ? [...value] : value),
    1,
  );
  return `${plain}\n${diagnostics.map(({ code, title }) => `${code} ${title}`).join('\n')}`;
}

export const commentsOf = (text: string): readonly string[] =>
  lex(text).comments.map(({ image }) => image.trimEnd());
export const tokensOf = (text: string): readonly string[] =>
  lex(text).tokens.map(({ image }) => image.normalize('NFC'));
