/** Fusing: loss, gradients and metrics as few loops, each of which computes all that can be computed in it. */
import { intern, operandsOf } from '../../ir/graph.js';
import { isElementwise, type Expr } from '../../ir/expr.js';
import { prepared, type Called, type Wanted } from '../prepared.js';
import { coarseBlocks, isAtHand } from './coarse.js';
import { expanded } from './expand.js';
import { expandedEarly } from './moments.js';
import { passesFor, type PassDraft } from './passes.js';
import type { Block, FusedOutput, FusedPlan, RowStep, Rows, TokenPass } from './program.js';
import { START, later, timesOf, type Time } from './times.js';

/** The fused plan that computes the wanted values, in order: in the form that takes fewer walks over the tokens. */
export function fuse(wanted: readonly Wanted[], called: readonly Called[] = []): FusedPlan {
  const ready = prepared(wanted, called);
  const named = [...ready.names].filter(([value]) => !isAtHand(value));
  const values = [...ready.roots, ...named.map(([value]) => value)];
  const draftIn = (form: typeof expanded): Draft => {
    const forms = intern(form(values)).roots;
    return draftOf(wanted, forms.slice(0, wanted.length), forms.slice(wanted.length));
  };
  const names = named.map(([, name]) => name);
  const plain = draftIn(expanded);
  if (walksOf(plain) <= 1) return planOf(plain, names);
  const early = draftIn(expandedEarly);
  return planOf(walksOf(early) < walksOf(plain) ? early : plain, names);
}

/** Values in a form that loops know, and the walks that they take. */
interface Draft {
  readonly nodes: readonly Expr[];
  readonly outputs: readonly FusedOutput[];
  /** What the named values have become. */
  readonly named: readonly Expr[];
  readonly times: ReadonlyMap<Expr, Time>;
  readonly drafts: readonly PassDraft[];
}

function draftOf(wanted: readonly Wanted[], values: readonly Expr[], named: readonly Expr[]): Draft {
  const { nodes, roots } = intern(values);
  const outputs = wanted.map(({ name, level }, at): FusedOutput => {
    const value = roots[at];
    if (value === undefined) throw new Error('internal: a wanted value was lost');
    return { name, level, value };
  });
  const times = timesOf(nodes);
  return { nodes, outputs, named, times, drafts: passesFor(nodes, outputs, times).drafts };
}

const walksOf = ({ drafts }: Draft): number => new Set(drafts.map(({ time }) => time.phase)).size;

function planOf({ nodes, outputs, named, times, drafts }: Draft, called: readonly string[]): FusedPlan {
  const computed = new Set(nodes);
  const names = new Map<Expr, string>();
  named.forEach((value, at) => {
    const name = called[at];
    if (name !== undefined && computed.has(value) && !names.has(value)) names.set(value, name);
  });
  const own = ownValues(drafts, times);
  const folded = new Set(drafts.flatMap(({ folds }) => [...folds] as Expr[]));
  const coarse = coarseBlocks(nodes, times, new Set([...own, ...folded]));
  const phases = Math.max(...coarse.keys(), ...drafts.map(({ time }) => time.phase), 0);
  const blocks: Block[] = [];
  for (let phase = 0; phase <= phases; phase += 1) {
    blocks.push(...(coarse.get(phase) ?? []));
    const rows = rowsOf(phase, drafts, nodes, own, times);
    if (rows.steps.length > 0) blocks.push(rows);
  }
  return {
    blocks,
    outputs,
    names,
    shared: sharedValues(blocks, outputs),
    stored: new Set(drafts.flatMap(({ stores }) => [...stores])),
  };
}

/** Values of a rollout that its own tokens wait for. */
function ownValues(drafts: readonly PassDraft[], times: ReadonlyMap<Expr, Time>): ReadonlySet<Expr> {
  const own = new Set<Expr>();
  for (const { time, reads } of drafts) {
    const stack = [...reads];
    for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
      const when = times.get(expr) ?? START;
      const isOwn = expr.type.level === 'rollout' && isElementwise(expr);
      if (!isOwn || when.step === 0 || when.phase !== time.phase || own.has(expr)) continue;
      own.add(expr);
      stack.push(...operandsOf(expr));
    }
  }
  return own;
}

/** The steps of a phase: what a walk waits for, the walk, and the sums along what it has kept. */
function rowsOf(
  phase: number,
  drafts: readonly PassDraft[],
  nodes: readonly Expr[],
  own: ReadonlySet<Expr>,
  times: ReadonlyMap<Expr, Time>,
): Rows {
  const timeOf = (expr: Expr): Time => times.get(expr) ?? START;
  const here = drafts.filter(({ time }) => time.phase === phase);
  const last = Math.max(-1, ...here.map(({ time }) => time.step));
  const steps: RowStep[] = [];
  for (let step = 0; step <= last; step += 1) {
    const isNow = (time: Time): boolean => time.phase === phase && time.step === step;
    const computes = nodes.filter((node) => own.has(node) && isNow(timeOf(node)));
    if (computes.length > 0) steps.push({ kind: 'own', computes });
    const draft = here.find(({ time }) => time.step === step);
    if (draft === undefined) continue;
    steps.push(passOf(draft, nodes));
    for (const node of nodes)
      if (node.op === 'scan' && isNow(operandsOf(node).map(timeOf).reduce(later, START)))
        steps.push({ kind: 'along', node });
  }
  return { kind: 'rows', steps };
}

const passOf = (
  { computes, folds, keeps, stores, writes }: PassDraft,
  nodes: readonly Expr[],
): TokenPass => ({
  kind: 'tokens',
  computes: nodes.filter((node) => computes.has(node)),
  folds: [...folds],
  keeps: [...keeps],
  stores: [...stores],
  writes,
});

/** Coarse values that are read elsewhere than where they are computed. */
function sharedValues(blocks: readonly Block[], outputs: readonly FusedOutput[]): ReadonlySet<Expr> {
  const shared = new Set<Expr>();
  const isCoarse = (expr: Expr): boolean => expr.op === 'attains' || expr.type.level !== 'token';
  const read = (values: readonly Expr[], made: ReadonlySet<Expr>): void => {
    for (const value of values) {
      const own = value.op === 'swap' ? value.x : value;
      if (isCoarse(own) && !isAtHand(own) && (value !== own || !made.has(own))) shared.add(own);
    }
  };
  for (const block of blocks) read(readsOf(block, outputs), madeBy(block));
  read(
    outputs.filter(({ level }) => level !== 'token').map(({ value }) => value),
    new Set(),
  );
  return shared;
}

/** The values that a block computes, and that are read in it as they are made. */
function madeBy(block: Block): ReadonlySet<Expr> {
  if (block.kind === 'quantile') return new Set();
  if (block.kind === 'loop') return new Set(block.computes);
  return new Set(
    block.steps.flatMap((step): readonly Expr[] =>
      step.kind === 'tokens' ? [...step.computes, ...step.folds] : step.kind === 'own' ? step.computes : [],
    ),
  );
}

/** Every value that a block reads. */
export function readsOf(block: Block, outputs: readonly FusedOutput[]): readonly Expr[] {
  if (block.kind === 'quantile') return operandsOf(block.node);
  if (block.kind === 'loop') return [...block.computes, ...block.folds].flatMap(operandsOf);
  return block.steps.flatMap((step): readonly Expr[] => {
    if (step.kind === 'along') return step.node.gamma === undefined ? [] : [step.node.gamma];
    if (step.kind === 'own') return step.computes.flatMap(operandsOf);
    const parts = [...step.computes, ...step.folds].flatMap(operandsOf);
    const written = step.writes.flatMap((at) => outputs.slice(at, at + 1).map(({ value }) => value));
    const direct = [...parts, ...step.keeps, ...step.stores, ...written];
    return [...direct, ...direct.flatMap((one) => (one.op === 'shift' ? [one.fill] : []))];
  });
}
