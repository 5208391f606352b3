/**
 * What each walk over the tokens computes. A value that a later walk needs again is computed again, or kept, whichever
 * costs less.
 */
import { isElementwise, isPlace, type Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { isAtHand } from './coarse.js';
import { KEEP, READ, READ_AGAIN, STORE, costOf } from './costs.js';
import { isPlainCount } from './expand.js';
import type { Fold, FusedOutput } from './program.js';
import { START, isBefore, isOfOwnTokens, isSameTime, isSorted, later, type Time } from './times.js';

/** One walk over the tokens, as it is found; operands are read where they are. */
export interface PassDraft {
  readonly time: Time;
  readonly folds: Set<Fold>;
  readonly keeps: Set<Expr>;
  readonly stores: Set<Expr>;
  readonly writes: number[];
  readonly computes: Set<Expr>;
  /** Values coarser than tokens, and inputs, that are read. */
  readonly reads: Set<Expr>;
}

export interface Passes {
  /** In order of time. */
  readonly drafts: readonly PassDraft[];
}

/** The passes over the tokens that the outputs need. `nodes` come operands first. */
export function passesFor(
  nodes: readonly Expr[],
  outputs: readonly FusedOutput[],
  times: ReadonlyMap<Expr, Time>,
): Passes {
  const timeOf = (expr: Expr): Time => times.get(expr) ?? START;
  const drafts = new Map<string, PassDraft>();
  const draftAt = (time: Time): PassDraft => {
    const key = `${time.phase} ${time.step}`;
    const known = drafts.get(key);
    if (known !== undefined) return known;
    const made = emptyDraft(time);
    drafts.set(key, made);
    return made;
  };
  const latest = (node: Expr): Time => operandsOf(node).map(timeOf).reduce(later, START);
  for (const node of nodes) {
    if (isPlainCount(node)) continue;
    if (isFold(node) && isOfOwnTokens(node)) draftAt(latest(node)).folds.add(node);
    else if (isFold(node) && node.from === 'token' && isSorted(node))
      for (const part of sortedParts(node).filter((one) => !isAtHand(one)))
        draftAt(timeOf(part)).stores.add(part);
    else if (node.op === 'scan' || (node.op === 'shift' && !isPlace(node))) {
      const draft = draftAt(latest(node));
      draft.keeps.add(node.x);
      if (node.op === 'scan' && node.gamma !== undefined) draft.reads.add(node.gamma);
    }
  }
  outputs.forEach(({ level, value }, at) => {
    if (level === 'token') draftAt(timeOf(value)).writes.push(at);
  });
  const order = (): readonly PassDraft[] =>
    [...drafts.values()].sort((a, b) => (isBefore(a.time, b.time) ? -1 : 1));
  const walker = walkerFor({
    outputs,
    timeOf,
    draftAt,
    before: (time) => order().filter((one) => isBefore(one.time, time)),
  });
  // Later passes first: what they want to have kept is then part of an earlier pass.
  const done = new Set<PassDraft>();
  for (
    let open = order().at(-1);
    open !== undefined;
    open = order()
      .filter((one) => !done.has(one))
      .at(-1)
  ) {
    walker(open);
    done.add(open);
  }
  return { drafts: order() };
}

const emptyDraft = (time: Time): PassDraft => ({
  time,
  folds: new Set(),
  keeps: new Set(),
  stores: new Set(),
  writes: [],
  computes: new Set(),
  reads: new Set(),
});

const isFold = (node: Expr): node is Fold => node.op === 'reduce' || node.op === 'attains';
/** The elements that are sorted, and which of them count. */
export const sortedParts = ({ x, where }: Fold): readonly Expr[] => (where === undefined ? [x] : [x, where]);

/** What a pass has to have a value of at each token. */
const wantedBy = (draft: PassDraft, outputs: readonly FusedOutput[]): readonly Expr[] => [
  ...[...draft.folds].flatMap(sortedParts),
  ...draft.keeps,
  ...draft.stores,
  ...draft.writes.flatMap((at) => outputs.slice(at, at + 1).map(({ value }) => value)),
];

const isToken = (expr: Expr): boolean => expr.type.level === 'token';
/** Whether a value at a token is computed from its operands there. */
const isComputed = (expr: Expr): boolean => isToken(expr) && isElementwise(expr);

/** Every token value under some that is computed, in any order. */
function closure(roots: readonly Expr[]): ReadonlySet<Expr> {
  const found = new Set<Expr>();
  const stack = [...roots];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (found.has(expr) || !isToken(expr)) continue;
    found.add(expr);
    if (isElementwise(expr)) stack.push(...operandsOf(expr));
    else if (expr.op === 'shift') stack.push(expr.fill);
  }
  return found;
}

interface Walk {
  readonly outputs: readonly FusedOutput[];
  readonly timeOf: (expr: Expr) => Time;
  readonly draftAt: (time: Time) => PassDraft;
  readonly before: (time: Time) => readonly PassDraft[];
}

/** Fills in what a pass computes and reads, and asks earlier passes for what is better kept. */
function walkerFor({ outputs, timeOf, draftAt, before }: Walk): (draft: PassDraft) => void {
  return (draft) => {
    const earlier = before(draft.time).map((one) => ({ one, has: closure(wantedBy(one, outputs)) }));
    const holderOf = (expr: Expr): PassDraft | undefined => {
      const holders = earlier.filter(({ has }) => has.has(expr)).map(({ one }) => one);
      return holders.find((one) => one.time.phase === draft.time.phase) ?? holders[0];
    };
    const isFresh = (expr: Expr): boolean =>
      isSameTime(timeOf(expr), draft.time) || holderOf(expr) === undefined;
    const roots = wantedBy(draft, outputs);
    const cheapest = chooser([...closure(roots)], isFresh, (expr) => isNear(holderOf(expr), draft));
    const seen = new Set<Expr>();
    const stack = [...roots];
    for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
      if (seen.has(expr)) continue;
      seen.add(expr);
      if (!isToken(expr) || expr.op === 'input') {
        draft.reads.add(expr);
        continue;
      }
      if (!isElementwise(expr)) {
        if (expr.op === 'shift') stack.push(expr.fill);
        const isThere = expr.op === 'attains' || timeOf(expr).phase === draft.time.phase;
        if (!isThere && !(expr.op === 'shift' && isPlace(expr))) draftAt(timeOf(expr)).stores.add(expr);
        draft.reads.add(expr);
        continue;
      }
      const holder = holderOf(expr);
      if (holder === undefined || isFresh(expr) || cheapest(expr) === 'compute') {
        draft.computes.add(expr);
        stack.push(...operandsOf(expr));
        continue;
      }
      draft.reads.add(expr);
      if (isNear(holder, draft)) holder.keeps.add(expr);
      else holder.stores.add(expr);
    }
  };
}

const isNear = (holder: PassDraft | undefined, draft: PassDraft): boolean =>
  holder?.time.phase === draft.time.phase;

/**
 * For each value that an earlier pass has too: whether to compute it again. What is shared by several values costs each
 * of them its part.
 */
function chooser(
  values: readonly Expr[],
  isFresh: (expr: Expr) => boolean,
  isKeptNear: (expr: Expr) => boolean,
): (expr: Expr) => 'compute' | 'keep' {
  const users = new Map<Expr, number>();
  const readAnyway = new Set<Expr>();
  for (const value of values.filter(isElementwise))
    for (const operand of operandsOf(value)) {
      users.set(operand, (users.get(operand) ?? 0) + 1);
      if (isFresh(value)) readAnyway.add(operand);
    }
  const costs = new Map<Expr, number>();
  const keepCost = (expr: Expr): number => (isKeptNear(expr) ? KEEP : STORE);
  const again = (expr: Expr): number =>
    costOf(expr) +
    operandsOf(expr).reduce((total, one) => total + cost(one) / Math.max(1, users.get(one) ?? 1), 0);
  const cost = (expr: Expr): number => {
    const known = costs.get(expr);
    if (known !== undefined) return known;
    costs.set(expr, 0);
    const found = costAfresh(expr);
    costs.set(expr, found);
    return found;
  };
  const costAfresh = (expr: Expr): number => {
    if (!isToken(expr) || readAnyway.has(expr)) return 0;
    if (expr.op === 'input') return isKeptNear(expr) ? READ_AGAIN : READ;
    if (!isComputed(expr)) return READ_AGAIN;
    return isFresh(expr) ? again(expr) : Math.min(again(expr), keepCost(expr));
  };
  return (expr) => (again(expr) <= keepCost(expr) ? 'compute' : 'keep');
}
