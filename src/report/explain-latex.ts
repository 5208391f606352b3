/** An explanation as LaTeX: display equations that a paper can take over. */
import type { DerivativeText, Explanation } from './explanation.js';

function derivative({ title, cases }: DerivativeText): string {
  const [only] = cases;
  if (cases.length === 1 && only !== undefined) return equation(`${title} = ${only.value}`);
  const rows = cases.map(
    ({ condition, value }) =>
      `${value} & ${condition === undefined ? String.raw`\text{otherwise}` : String.raw`\text{where } ${condition}`}`,
  );
  return equation(`${title} = \\begin{cases} ${rows.join(String.raw` \\ `)} \\end{cases}`);
}
const equation = (body: string): string => `\\begin{equation*}\n${body}\n\\end{equation*}`;

/** The objective, the definitions that it uses, the weights and the gradients. */
export function explainLatex(of: Explanation): string {
  const operator = of.direction === 'minimize' ? String.raw`\min` : String.raw`\max`;
  return [
    equation(`${operator}\\; ${of.value}`),
    ...of.values.map(({ name, definition }) => equation(String.raw`${name} \mathrel{:=} ${definition}`)),
    ...of.weights.map(derivative),
    ...of.gradients.map(derivative),
    '',
  ].join('\n');
}
