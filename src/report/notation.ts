/** The two notations of formulas, as data: what each op, name and bracket looks like. */
import type { Level } from '../base/level.js';
import type { BinaryOp, UnaryOp } from '../ir/expr.js';

export interface Notation {
  readonly minus: string;
  readonly infinity: string;
  readonly pi: string;
  readonly name: (name: string) => string;
  readonly word: (word: string) => string;
  readonly parentheses: (inside: string) => string;
  readonly call: (name: string, args: readonly string[]) => string;
  readonly choice: (condition: string, then: string, otherwise: string) => string;
  readonly reduction: (
    op: string,
    from: Level,
    outer: Level | undefined,
    where: string | undefined,
    argument: string | undefined,
  ) => string;
  /** Ops with a form of their own; the rest are calls or infix symbols. */
  readonly unary: { readonly [op in UnaryOp]?: (x: string) => string };
  readonly infix: { readonly [op in BinaryOp]?: string };
  readonly fraction?: (over: string, under: string) => string;
  readonly exponent?: (base: string, power: string) => string;
}

export const UNICODE: Notation = {
  minus: '−',
  infinity: '∞',
  pi: 'π',
  name: (name) => name,
  word: (word) => word,
  parentheses: (inside) => `(${inside})`,
  call: (name, args) => `${name}(${args.join(', ')})`,
  choice: (condition, then, otherwise) => `if ${condition} then ${then} else ${otherwise}`,
  reduction: (op, from, outer, where, argument) => {
    const index = [from, ...(outer ? [`in ${outer}`] : []), ...(where ? [`where ${where}`] : [])].join(' ');
    return `${op === 'sum' ? 'Σ' : op}[${index}]${argument === undefined ? '' : `(${argument})`}`;
  },
  unary: { abs: (x) => `|${x}|`, sigmoid: (x) => `σ(${x})`, sqrt: (x) => `√(${x})` },
  infix: { mul: '·', sub: '−', le: '≤', ge: '≥', eq: '=', ne: '≠' },
};

const GREEK: Readonly<Record<string, string>> = {
  alpha: String.raw`\alpha`,
  beta: String.raw`\beta`,
  gamma: String.raw`\gamma`,
  delta: String.raw`\delta`,
  eps: String.raw`\varepsilon`,
  epsilon: String.raw`\varepsilon`,
  eta: String.raw`\eta`,
  kappa: String.raw`\kappa`,
  lambda: String.raw`\lambda`,
  mu: String.raw`\mu`,
  rho: String.raw`\rho`,
  sigma: String.raw`\sigma`,
  tau: String.raw`\tau`,
};

/** Symbols for Greek names and single letters, a subscript after the first underscore, upright text otherwise. */
function latexName(name: string): string {
  const [head = '', ...rest] = name.split('_');
  const known = Object.hasOwn(GREEK, head) ? GREEK[head] : undefined;
  if (known !== undefined) return rest.length === 0 ? known : `${known}_{${upright(rest.join('_'))}}`;
  return /^\p{L}$/u.test(name) ? name : upright(name);
}
const upright = (text: string): string => String.raw`\mathrm{${text.replaceAll('_', String.raw`\_`)}}`;

const bracketed = (inside: string): string => String.raw`\left(${inside}\right)`;

export const LATEX: Notation = {
  minus: '-',
  infinity: String.raw`\infty`,
  pi: String.raw`\pi`,
  name: latexName,
  word: (word) => String.raw`\text{ ${word} }`,
  parentheses: bracketed,
  call: (name, args) =>
    String.raw`\operatorname{${name.replaceAll('_', String.raw`\_`)}}${bracketed(args.join(', '))}`,
  choice: (condition, then, otherwise) =>
    String.raw`\begin{cases} ${then} & \text{if } ${condition} \\ ${otherwise} & \text{otherwise} \end{cases}`,
  reduction: (op, from, outer, where, argument) => {
    const index = `\\text{${from}${outer ? ` in ${outer}` : ''}}${where ? String.raw` :\, ${where}` : ''}`;
    const symbol = op === 'sum' ? String.raw`\sum` : String.raw`\operatorname*{${op}}`;
    return argument === undefined ? String.raw`\#_{${index}}` : `${symbol}_{${index}}${bracketed(argument)}`;
  },
  unary: {
    abs: (x) => String.raw`\left|${x}\right|`,
    exp: (x) => `e^{${x}}`,
    sigmoid: (x) => String.raw`\sigma${bracketed(x)}`,
    sqrt: (x) => String.raw`\sqrt{${x}}`,
    log: (x) => String.raw`\log${bracketed(x)}`,
    tanh: (x) => String.raw`\tanh${bracketed(x)}`,
  },
  infix: {
    mul: String.raw`\,`,
    sub: '-',
    le: String.raw`\le`,
    ge: String.raw`\ge`,
    eq: '=',
    ne: String.raw`\ne`,
    and: String.raw`\text{ and }`,
    or: String.raw`\text{ or }`,
  },
  fraction: (over, under) => String.raw`\frac{${over}}{${under}}`,
  exponent: (base, power) => `${base}^{${power}}`,
};
