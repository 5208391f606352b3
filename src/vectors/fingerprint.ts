/** What an objective means, as text to be hashed: wording, comments and the names of lets leave it as it is. */
import { isTernary, isBinary, isUnary, type Expr } from '../ir/expr.js';
import { intern, operandsOf, rebuild } from '../ir/graph.js';
import type { Program } from '../ir/program.js';

/** The same text for the same inputs, parameters, loss, metrics and assumptions, whatever the source looks like. */
export function fingerprintText(program: Program): string {
  const { name, params, inputs, losses, metrics, assumptions } = program;
  const roots = [...losses.map(({ loss }) => loss), ...metrics.map(({ value }) => value), ...assumptions];
  const nameless = rebuild(roots, (expr) => (expr.op === 'named' ? expr.x : expr)).roots;
  const graph = intern(nameless);
  const number = (expr: Expr): number => graph.idOf.get(expr) ?? -1;
  const declared = [...params, ...inputs].map((one) => JSON.stringify({ ...one, doc: undefined }, plain));
  return [
    name,
    ...declared,
    ...losses.map((one) => one.name ?? ''),
    ...metrics.map((one) => one.name),
    ...graph.nodes.map((node) => `${nodeText(node)} ${operandsOf(node).map(number).join(' ')}`),
    graph.roots.map(number).join(' '),
  ].join('\n');
}

/** Infinite ends of domains, which JSON has no numbers for, and exact constants. */
const plain = (_key: string, value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;

/** All that distinguishes a node from others over the same operands. */
function nodeText(node: Expr): string {
  if (node.op === 'const') return `const ${node.value.toFraction()}`;
  if (isUnary(node) || isBinary(node) || isTernary(node)) return node.op;
  const operands = new Set<unknown>(operandsOf(node));
  const own = Object.entries(node).map(([key, value]) => [
    key,
    operands.has(value) ? '#' : (value as unknown),
  ]);
  return JSON.stringify(Object.fromEntries(own), plain);
}
