/** Loops that look at no token, as statements. */
import type { Expr } from '../../ir/expr.js';
import type { CoarseLoop, Fold, Ordering } from '../../plan/fused/program.js';
import type { Read } from '../element-code.js';
import { addText, gatheringOf } from './folds.js';
import {
  arrayText,
  counterOf,
  element,
  handyText,
  placeText,
  sharedText,
  sizeOfLevel,
  type Scope,
  codeFor,
} from './scope.js';

/** Reads a coarse value at the element of a loop, and of the other of a pair. */
export const readCoarse =
  (scope: Scope): Read =>
  (expr) => {
    if (expr.op === 'swap') {
      const { x } = expr;
      if (x.op === 'attains') return `(${placeText(x, scope, true)} === ${counterOf(x, true)})`;
      return handyText(x, scope, true) ?? sharedText(x, scope, true);
    }
    if (expr.op === 'attains') return `(${placeText(expr, scope)} === ${counterOf(expr)})`;
    return handyText(expr, scope) ?? sharedText(expr, scope);
  };

/** Where a loop gathers: variables for the batch, arrays for groups and rollouts; and what declares them. */
export function cellsOf(fold: Fold, scope: Scope): { readonly declared: string[]; readonly cells: string[] } {
  const declared: string[] = [];
  const cells = gatheringOf(fold).cells.map(({ suffix, start, array }, at) => {
    const name = at === 0 ? scope.shared(fold) : scope.fresh(fold, suffix);
    if (fold.to === 'batch') {
      declared.push(`let ${name} = ${start};`);
      return name;
    }
    const filled = start === '0' ? '' : `.fill(${start})`;
    declared.push(`const ${name} = ${array}(${sizeOfLevel(fold.to)})${filled};`);
    return element(scope, name, fold.to === 'group' ? 'g' : 'b');
  });
  return { declared, cells };
}

export function coarseLines(loop: CoarseLoop, scope: Scope): readonly string[] {
  const { over, computes, folds } = loop;
  const { shared } = scope.plan;
  const read = readCoarse(scope);
  const sinks = [
    ...computes.filter((value) => shared.has(value)),
    ...folds.flatMap(({ x, where }) => (where === undefined ? [x] : [x, where])),
  ];
  const code = codeFor(computes, sinks, scope, read);
  const declared: string[] = [];
  const body = [...code.lines];
  for (const value of computes.filter((one) => shared.has(one))) {
    const name = scope.shared(value);
    if (over === 'batch') {
      body.push(`const ${name} = ${code.text(value)};`);
      continue;
    }
    if (over === 'peer') throw new Error('internal: a value of a pair is not kept');
    declared.push(`const ${name} = ${arrayText(value, sizeOfLevel(over))};`);
    body.push(`${name}[${over === 'group' ? 'g' : 'b'}] = ${numeric(value, code.text(value))};`);
  }
  for (const fold of folds) {
    const { declared: own, cells } = cellsOf(fold, scope);
    declared.push(...own);
    const where = fold.where === undefined ? undefined : code.text(fold.where);
    body.push(addText(fold, cells, code.text(fold.x), counterOf(fold), where));
  }
  return over === 'batch' ? [...declared, ...body] : [...declared, ...looped(over, body, scope)];
}

/** A condition as the number that an array holds. */
export const numeric = ({ type }: Expr, text: string): string =>
  type.kind === 'bool' ? `${text} ? 1 : 0` : text;

function looped(
  over: 'group' | 'rollout' | 'peer',
  body: readonly string[],
  scope: Scope,
): readonly string[] {
  if (over === 'group') return ['for (let g = 0; g < groups; g += 1) {', ...body, '}'];
  const group = usesGroup(body) || over === 'peer' ? [`const g = ${element(scope, 'groupOf', 'b')};`] : [];
  const inner =
    over === 'rollout'
      ? body
      : [
          `for (let m = ${element(scope, 'memberStart', 'g')}; m < ${element(scope, 'memberStart', 'g + 1')}; m += 1) {`,
          `const o = ${element(scope, 'members', 'm')};`,
          'if (o === b) continue;',
          ...body,
          '}',
        ];
  return ['for (let b = 0; b < rollouts; b += 1) {', ...group, ...inner, '}'];
}

/** Whether statements look at the group of a rollout. */
export const usesGroup = (lines: readonly string[]): boolean =>
  lines.some((line) => /\[g(?: \+ 1)?\]|=== g\b/.test(line));

/** A quantile: the values of each set, gathered into a list and sorted. */
export function orderingLines({ node }: Ordering, scope: Scope): readonly string[] {
  const { from, to, x, where, q } = node;
  const read: Read =
    from === 'token' ? (expr) => handyText(expr, scope) ?? storedText(expr, scope) : readCoarse(scope);
  const name = scope.shared(node);
  const list = scope.fresh(node, '_values');
  const kept = `${to === 'batch' ? list : `${list}[${to === 'group' ? 'g' : 'b'}]${scope.naming.sure}`}.push(${read(x)});`;
  const add = where === undefined ? kept : `if (${read(where)}) ${kept}`;
  const at = q === undefined ? '0' : readCoarse(scope)(q);
  const size = sizeOfLevel(to);
  const body = from === 'token' ? inRuns([[add]], scope) : [add];
  const gathering =
    from === 'group'
      ? looped('group', body, scope)
      : looped(from === 'peer' ? 'peer' : 'rollout', body, scope);
  if (to === 'batch')
    return [`const ${list}: number[] = [];`, ...gathering, `const ${name} = quantileOf(${list}, ${at});`];
  const index = to === 'group' ? 'g' : 'b';
  return [
    `const ${list} = Array.from({ length: ${size} }, (): number[] => []);`,
    ...gathering,
    `const ${name} = realArray(${size});`,
    ...looped(
      to === 'group' ? 'group' : 'rollout',
      [`${name}[${index}] = quantileOf(${list}[${index}]${scope.naming.sure}, ${at});`],
      scope,
    ),
  ];
}

/** A value that is stored for every token. */
export function storedText(value: Expr, scope: Scope): string {
  const text = element(scope, scope.store(value), 'i');
  return value.type.kind === 'bool' ? `(${text} === 1)` : text;
}

/** Tokens that are taken together, where there are several bodies to take them in turn. */
const TOGETHER = 8;

/**
 * Statements for every token of a rollout, in order; `j` counts them where it is looked at. Of several bodies each takes
 * one token after the other.
 */
export function inRuns(bodies: readonly (readonly string[])[], scope: Scope): readonly string[] {
  const counts = bodies.flat().some((line) => /\bj\b/.test(line));
  const each = bodies.map((body) => [...body, ...(counts ? ['j += 1;'] : [])]);
  const [first = []] = each;
  const start = element(scope, 'runStart', 'r');
  const together = Array.from({ length: TOGETHER }, (_, at) => {
    const body = each[at % each.length] ?? [];
    const isRead = body.some((line) => /\bi\b/.test(line));
    return ['{', ...(isRead ? [`const i = at${at === 0 ? '' : ` + ${String(at)}`};`] : []), ...body, '}'];
  });
  const inOrder = (from: string): readonly string[] => [
    `for (let i = ${from}; i < end; i += 1) {`,
    ...first,
    '}',
  ];
  return [
    `for (let r = ${element(scope, 'runOf', 'b')}${counts ? ', j = 0' : ''}; r < ${element(scope, 'runOf', 'b + 1')}; r += 1) {`,
    `const end = ${element(scope, 'runEnd', 'r')};`,
    ...(each.length === 1
      ? inOrder(start)
      : [
          `let at = ${start};`,
          `for (; at <= end - ${String(TOGETHER)}; at += ${String(TOGETHER)}) {`,
          ...together.flat(),
          '}',
          ...inOrder('at'),
        ]),
    '}',
  ];
}
