/** An audit as LaTeX: a table for a paper's appendix. It needs amsmath, and booktabs for its rules. */
import type { Answer, Audit, ClosedForm } from '../proof/audit.js';
import { evidenceOf } from './audit-text.js';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
  '→': String.raw`$\to$`,
  '∞': String.raw`$\infty$`,
  '−': '$-$',
  '≤': String.raw`$\le$`,
  '≥': String.raw`$\ge$`,
  '±': String.raw`$\pm$`,
  '∂': String.raw`$\partial$`,
  τ: String.raw`$\tau$`,
  ε: String.raw`$\varepsilon$`,
};
const escaped = (text: string): string =>
  text.replace(
    /[\\~^→∞−≤≥±∂τε]|[#$%&_{}<>|]/gu,
    (c) => SPECIAL[c] ?? (/[<>|]/.test(c) ? `$${c}$` : `\\${c}`),
  );

/** A formula is LaTeX already, its title too. */
const form = ({ title, cases }: ClosedForm): string => {
  const [only] = cases;
  const value =
    cases.length === 1 && only !== undefined
      ? only.value
      : String.raw`\begin{cases} ${cases
          .map(({ condition, value: one }) =>
            condition === undefined
              ? String.raw`${one} & \text{otherwise}`
              : String.raw`${one} & \text{if } ${condition}`,
          )
          .join(String.raw` \\ `)} \end{cases}`;
  return String.raw`\[ ${latexTitle(title)} ${value} \]`;
};
const latexTitle = (title: string): string =>
  title.startsWith('w =') ? `${title} =` : String.raw`w\big|_{\text{on-policy}} =`;

const row = (answer: Answer): string =>
  `${escaped(answer.title)} & ${[answer.text, ...evidenceOf(answer)].map(escaped).join('; ')} & ${escaped(answer.ground)} ${String.raw`\\`}`;

/** For an audit whose closed forms were written in the style `latex`. */
export function auditLatex(audit: Audit): string {
  const tables = [...audit.scores.map(({ answers }) => answers), audit.answers];
  return [
    String.raw`\paragraph{${escaped(audit.objective)}.} ${escaped(audit.title ?? '')}`,
    ...audit.scores.flatMap((score) => [
      form(score.weight),
      ...(score.onPolicy === undefined ? [] : [form(score.onPolicy)]),
    ]),
    String.raw`\begin{tabular}{@{}p{0.27\linewidth}p{0.53\linewidth}l@{}}`,
    String.raw`\toprule`,
    String.raw`question & answer & ground \\`,
    String.raw`\midrule`,
    ...tables.flat().map(row),
    String.raw`\bottomrule`,
    String.raw`\end{tabular}`,
    '',
  ].join('\n');
}
