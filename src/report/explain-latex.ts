/** An explanation as LaTeX: display equations that a paper can take over. */
import type { DerivativeText, Explanation, LossText } from './explanation.js';
import { nameText } from './formula.js';

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

/** Of several, each under the name of its optimizer. */
function optimised({ direction, value, name }: LossText, isOneOfSeveral: boolean): string {
  const operator = direction === 'minimize' ? String.raw`\min` : String.raw`\max`;
  const optimizer = isOneOfSeveral && name !== undefined ? `_{${nameText(name, 'latex')}}` : '';
  return equation(`${operator}${optimizer}\\; ${value}`);
}

/** The objective, the definitions that it uses, the weights and the gradients. */
export function explainLatex(of: Explanation): string {
  return [
    ...of.losses.map((one) => optimised(one, of.losses.length > 1)),
    ...of.values.map(({ name, definition }) => equation(String.raw`${name} \mathrel{:=} ${definition}`)),
    ...of.weights.map(derivative),
    ...of.losses.flatMap(({ gradients }) => gradients.map(derivative)),
    '',
  ].join('\n');
}
