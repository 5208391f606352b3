/** The two notations of formulas, as data: what each op, name and bracket looks like. */
import type { BinaryOp, ScanDirection, UnaryOp } from '../ir/expr.js';

/** What stands at another token; a name takes an index without brackets. */
export interface Summand {
  readonly text: string;
  readonly isName: boolean;
}
export interface Notation {
  readonly minus: string;
  readonly infinity: string;
  readonly pi: string;
  /** A rational as `constantText` writes it. */
  readonly number: (text: string) => string;
  readonly name: (name: string) => string;
  readonly word: (word: string) => string;
  readonly parentheses: (inside: string) => string;
  readonly call: (name: string, args: readonly string[]) => string;
  readonly choice: (condition: string, then: string, otherwise: string) => string;
  readonly reduction: (
    op: string,
    from: string,
    outer: string | undefined,
    where: string | undefined,
    argument: string | undefined,
  ) => string;
  /** A rollout's own value where the values of the others are read. */
  readonly own: (value: string) => string;
  /** A running sum: over the tokens up to the own one, or from it on; `gamma` to the power of the distance. */
  readonly scan: (direction: ScanDirection, x: Summand, gamma: string | undefined) => string;
  /** The value `by` tokens earlier, else `fill`. */
  readonly shift: (x: Summand, by: number, fill: string) => string;
  /** That there is a token `by` places earlier, or that there is none. */
  readonly place: (by: number, isThere: boolean) => string;
  /** Ops with a form of their own; the rest are calls or infix symbols. */
  readonly unary: { readonly [op in UnaryOp]?: (x: string) => string };
  readonly infix: { readonly [op in BinaryOp]?: string };
  readonly product: (left: string, right: string) => string;
  readonly exponent: (base: string, power: string) => string;
  /** Absent where a quotient is written on the line. */
  readonly fraction?: (over: string, under: string) => string;
}

export const UNICODE: Notation = {
  minus: '−',
  infinity: '∞',
  pi: 'π',
  number: (text) => text.replace(/^-/, '−'),
  name: (name) => name,
  word: (word) => word,
  parentheses: (inside) => `(${inside})`,
  call: (name, args) => `${name}(${args.join(', ')})`,
  choice: (condition, then, otherwise) => `if ${condition} then ${then} else ${otherwise}`,
  reduction: (op, from, outer, where, argument) => {
    const index = [from, ...(outer ? [`in ${outer}`] : []), ...(where ? [`where ${where}`] : [])].join(' ');
    return `${op === 'sum' ? 'Σ' : op}[${index}]${argument === undefined ? '' : `(${argument})`}`;
  },
  own: (value) => `own(${value})`,
  scan: (direction, { text: x }, gamma) =>
    gamma === undefined
      ? `cumsum[token${direction === 'forward' ? '' : ' from end'}](${x})`
      : `discounted[token${direction === 'backward' ? '' : ' from start'}](${x}, ${gamma})`,
  shift: ({ text: x }, by, fill) => `shift[token](${x}, by: ${`${by}`.replace('-', '−')}, fill: ${fill})`,
  place: (by, isThere) => {
    const end = by > 0 ? 'first' : 'last';
    const size = Math.abs(by);
    return `${isThere ? 'not ' : ''}${size === 1 ? `the ${end} token` : `one of the ${end} ${size} tokens`}`;
  },
  unary: { abs: (x) => `|${x}|`, sigmoid: (x) => `σ(${x})`, sqrt: (x) => `√(${x})` },
  product: (left, right) => `${left} · ${right}`,
  exponent: (base, power) => `${base} ^ ${power}`,
  infix: { sub: '−', le: '≤', ge: '≥', eq: '=', ne: '≠' },
};

const LETTERS =
  'α alpha β beta γ gamma δ delta ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau φ phi χ chi ψ psi ω omega ε varepsilon';
/** The command of a Greek letter, by the letter and by its name. */
const GREEK: ReadonlyMap<string, string> = new Map([
  ...[...LETTERS.matchAll(/(\S+) (\S+)/g)].flatMap(([, letter = '', name = '']) =>
    [letter, name].map((spelling) => [spelling, `\\${name}`] as const),
  ),
  ['epsilon', String.raw`\varepsilon`],
  ['eps', String.raw`\varepsilon`],
]);

/** Symbols for Greek names and single letters, a subscript after the first underscore, upright text otherwise. */
function latexName(name: string): string {
  const [, head = '', index = ''] = /^([^_]+)_(.+)$/.exec(name) ?? [];
  const subscripted = GREEK.get(head);
  if (subscripted !== undefined) return `${subscripted}_{${upright(index)}}`;
  return GREEK.get(name) ?? (/^[A-Za-z]$/.test(name) ? name : upright(name));
}
function upright(text: string): string {
  // Mathematics has no letters of other scripts; text has.
  const font = /^[\x20-\x7e]*$/.test(text) ? 'mathrm' : 'text';
  return `\\${font}{${text.replaceAll('_', String.raw`\_`)}}`;
}

const bracketed = (inside: string): string => String.raw`\left(${inside}\right)`;

/** A value at another token; a name may have an index of its own. */
const indexed = ({ text, isName }: Summand, index: string): string =>
  `${isName ? (text.includes('_{') ? `{${text}}` : text) : bracketed(text)}_{${index}}`;

export const LATEX: Notation = {
  minus: '-',
  infinity: String.raw`\infty`,
  pi: String.raw`\pi`,
  number: (text) => text.replace(/e\+?(-?\d+)/, String.raw` \cdot 10^{$1}`).replace(/^(-?)1 \\cdot /, '$1'),
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
  own: (value) => String.raw`\operatorname{own}${bracketed(value)}`,
  scan: (direction, x, gamma) => {
    const [range, distance] =
      direction === 'forward' ? [String.raw`u \le t`, 't-u'] : [String.raw`u \ge t`, 'u-t'];
    const weight = gamma === undefined ? '' : `${gamma}^{${distance}} \\, `;
    return `\\sum_{${range}} ${weight}${indexed(x, 'u')}`;
  },
  shift: (x, by, fill) => {
    const moved = indexed(x, `t${by > 0 ? '-' : '+'}${Math.abs(by)}`);
    return LATEX.choice(LATEX.place(by, true), moved, fill);
  },
  place: (by, isThere) => {
    const size = Math.abs(by);
    const [inside, outside] = by > 0 ? ['>', String.raw`\le`] : [String.raw`\le`, '>'];
    return `t ${isThere ? inside : outside} ${by > 0 ? size : `T - ${size}`}`;
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
    sub: '-',
    le: String.raw`\le`,
    ge: String.raw`\ge`,
    eq: '=',
    ne: String.raw`\ne`,
    and: String.raw`\text{ and }`,
    or: String.raw`\text{ or }`,
  },
  fraction: (over, under) => String.raw`\frac{${over}}{${under}}`,
  // Two numbers side by side would read as one.
  product: (left, right) => `${left} ${/^\d/.test(right) ? String.raw`\cdot` : String.raw`\,`} ${right}`,
  exponent: (base, power) => `${base}^{${power}}`,
};
