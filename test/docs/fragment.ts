/** Fragments of objectives, as documentation shows them, made into whole files. Not a test. */
import { analyze, type Analysis } from '../../src/compile.js';
import type { Resolve } from '../../src/link/link.js';

/** What a fragment may use without saying it. What the fragment itself declares takes the place of the line of that name. */
const STANDARD = `  param eps  in (0, 1)   = 0.2
  param tau  in (0, inf) = 0.5
  param beta in [0, inf) = 0.1
  model logp     : token
  data  old_logp : token
  data  ref_logp : token
  data  reward   : rollout in {0, 1}
  let positive       = reward == 1
  let advantage      = reward - mean[rollout](reward)
  let log_ratio      = logp - old_logp
  let ratio          = exp(log_ratio)
  let mean_log_ratio = mean[token](log_ratio)`.split('\n');

/** One that no lint, pedantic or not, has anything to say about. */
const LOSS = '  minimize mean[rollout in batch](mean[token](-advantage * logp))';

const NAMED = /^\s*(?:param|model|data|tag|let)\s+(\S+)/;

/** Items as the items of the standard objective, with its loss where they have none; definitions and imports go before it. */
export function asObjective(items: string): string {
  const paragraphs = items.split(/\n{2,}/);
  const isAbove = (text: string): boolean => /^(#.*\n)*(def|import)\b/.test(text);
  const own = paragraphs.filter((text) => !isAbove(text)).join('\n\n');
  const declared = new Set(own.split('\n').map((line) => NAMED.exec(line)?.[1]));
  const standard = STANDARD.filter((line) => !declared.has(NAMED.exec(line)?.[1]));
  const loss = /^\s*(minimize|maximize)\b/m.test(own) ? [] : [LOSS];
  return [...paragraphs.filter(isAbove), 'objective example {', ...standard, own, ...loss, '}\n'].join('\n');
}

/** Nobody has to use what only a fragment declares. */
const UNUSED = ['W0201', 'W0202', 'W0203'];

export interface Told {
  readonly analysis: Analysis;
  /** The codes of what is reported, the pedantic ones apart. */
  readonly codes: readonly string[];
  readonly asked: readonly string[];
}

/** What the compiler says of a text. */
export function told(text: string, isWhole: boolean, resolve?: Resolve): Told {
  const analysis = analyze(text, 'example.obj', resolve);
  const heard = analysis.diagnostics.filter(({ code }) => isWhole || !UNUSED.includes(code));
  const codesOf = (pedantic: boolean): readonly string[] =>
    heard.filter((one) => (one.pedantic ?? false) === pedantic).map(({ code }) => code);
  return { analysis, codes: codesOf(false), asked: codesOf(true) };
}

/** The level of each expression, one a line, in the standard objective; or what is wrong with one. */
export function levelsOf(text: string): readonly (readonly [string, string])[] {
  const exprs = text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
  return exprs.map((expr) => {
    const { analysis, codes } = told(asObjective(`let shown = ${expr}`), false);
    const type = analysis.units[0]?.model.lets.find(({ name }) => name.text === 'shown')?.type;
    return [expr, codes.length > 0 ? codes.join(' ') : (type?.level ?? 'no level')];
  });
}
