/** What `explain --plan` says, as data: the loops of each fused plan in words, what they wait for, and what they move. */
import { nameable, type Level } from '../base/level.js';
import { isElementwise, type Expr } from '../ir/expr.js';
import { operandsOf } from '../ir/graph.js';
import { contracted } from '../plan/fused/contracted.js';
import { isDear } from '../plan/fused/costs.js';
import { readsOf } from '../plan/fused/fuse.js';
import type { FusedPlans } from '../plan/fused/plans.js';
import type { Block, CoarseLoop, FusedPlan, RowStep, Rows } from '../plan/fused/program.js';
import { memoryReads, trafficOf, type Traffic } from '../plan/fused/traffic.js';
import { wordsFor, type PlanWords } from './plan-words.js';

/** What is computed at each element. */
export interface Work {
  /** The values among them that the program names. */
  readonly names: readonly string[];
  readonly operations: number;
  /** How many of them an earlier walk has computed, too. */
  readonly again: number;
  /** How often each of the ops that cost most is among them. */
  readonly dear: Readonly<Record<string, number>>;
}
export interface LoopText {
  readonly kind: 'loop';
  /** `pair`: of a rollout and another one of its group. */
  readonly over: 'batch' | 'group' | 'rollout' | 'pair';
  readonly computes: Work;
  readonly reduces: readonly string[];
}
export interface SortText {
  readonly kind: 'sort';
  readonly over: LoopText['over'] | 'token';
  readonly value: string;
}
export interface TokensText {
  readonly kind: 'tokens';
  readonly computes: Work;
  readonly reduces: readonly string[];
  /** One number for each token of the rollout, for its later steps. */
  readonly keeps: readonly string[];
  /** One number for each token of the batch, for later walks. */
  readonly stores: readonly string[];
  /** Inputs whose gradients are written. */
  readonly writes: readonly string[];
}
export type StepText =
  | TokensText
  | { readonly kind: 'rollout'; readonly computes: Work }
  | { readonly kind: 'along'; readonly value: string };
/** What tokens need from beyond their rollout, which the walk before had to be over for. */
export interface WaitText {
  readonly value: string;
  readonly level: Level;
}
export interface WalkText {
  readonly kind: 'walk';
  /** From 1. */
  readonly number: number;
  /** Nothing for the first one. */
  readonly waits: readonly WaitText[];
  /** What is read from memory, one number per token each. */
  readonly reads: readonly string[];
  readonly steps: readonly StepText[];
}
export type BlockText = LoopText | SortText | WalkText;

export interface PlanText {
  /** `loss`, or `loss.actor` of several; the same `with metrics`; or `metrics`. */
  readonly of: string;
  /** The inputs by which there are gradients. */
  readonly gradients: readonly string[];
  readonly metrics: readonly string[];
  readonly traffic: Traffic;
  /** Values that are stored for every token between walks. */
  readonly stores: readonly string[];
  readonly blocks: readonly BlockText[];
}
export interface Planned {
  readonly objective: string;
  readonly plans: readonly PlanText[];
}

export function planned(objective: string, { losses, metrics }: FusedPlans): Planned {
  const titleOf = (name: string | undefined): string =>
    losses.length > 1 && name !== undefined ? `loss.${name}` : 'loss';
  const alone = losses.map(({ name, plan }) => planText(titleOf(name), plan));
  if (metrics.outputs.length === 0) return { objective, plans: alone };
  const reported = metrics.outputs.length;
  return {
    objective,
    plans: [
      ...alone,
      ...losses.map(({ name, withMetrics }) =>
        planText(`${titleOf(name)} with metrics`, withMetrics, reported),
      ),
      planText('metrics', metrics, reported),
    ],
  };
}

/** The last outputs of the plan are so many metrics. */
function planText(of: string, plan: FusedPlan, reported = 0): PlanText {
  const words = wordsFor(plan);
  const names = plan.outputs.map(({ name }) => name);
  const first = names.length - reported;
  return {
    of,
    gradients: names.slice(1, first),
    metrics: names.slice(first),
    traffic: trafficOf(plan),
    stores: [...plan.stored].map(words.of),
    blocks: plan.blocks.map((block, at) => blockText(block, plan.blocks.slice(0, at), plan, words)),
  };
}

const LOOPS: Readonly<Record<CoarseLoop['over'], LoopText['over']>> = {
  batch: 'batch',
  group: 'group',
  rollout: 'rollout',
  peer: 'pair',
};

function blockText(block: Block, before: readonly Block[], plan: FusedPlan, words: PlanWords): BlockText {
  const work = (computes: readonly Expr[]): Work => workOf(computes, before, plan);
  if (block.kind === 'quantile') {
    const { from } = block.node;
    return {
      kind: 'sort',
      over: from === 'token' ? 'token' : LOOPS[from],
      value: words.defined(block.node),
    };
  }
  if (block.kind === 'loop')
    return {
      kind: 'loop',
      over: LOOPS[block.over],
      computes: work(block.computes),
      reduces: block.folds.map(words.defined),
    };
  return {
    kind: 'walk',
    number: before.filter(({ kind }) => kind === 'rows').length + 1,
    waits: waitsOf(block, before, plan, words),
    reads: memoryReads(block, plan).map(words.of),
    steps: block.steps.map((step) => stepText(step, plan, words, work)),
  };
}

function stepText(
  step: RowStep,
  { outputs }: FusedPlan,
  words: PlanWords,
  work: (computes: readonly Expr[]) => Work,
): StepText {
  if (step.kind === 'along') return { kind: 'along', value: words.defined(step.node) };
  if (step.kind === 'own') return { kind: 'rollout', computes: work(step.computes) };
  return {
    kind: 'tokens',
    computes: work(step.computes),
    reduces: step.folds.map(words.defined),
    keeps: step.keeps.map(words.of),
    stores: step.stores.map(words.of),
    writes: outputs.filter((_, at) => step.writes.includes(at)).map(({ name }) => name),
  };
}

const tokenValues = (block: Block): readonly Expr[] =>
  block.kind === 'rows' ? block.steps.flatMap((step) => (step.kind === 'tokens' ? step.computes : [])) : [];

function workOf(computes: readonly Expr[], before: readonly Block[], { names }: FusedPlan): Work {
  const earlier = new Set(before.flatMap(tokenValues));
  const dear: Record<string, number> = {};
  for (const { op } of computes.filter(isDear)) dear[op] = (dear[op] ?? 0) + 1;
  return {
    names: computes.flatMap((value) => names.get(value) ?? []),
    operations: computes.length,
    again: computes.filter((value) => earlier.has(value)).length,
    dear,
  };
}

/** What a walk reads of what was gathered since the one before, as near to the tokens as it is gathered. */
function waitsOf(
  block: Rows,
  before: readonly Block[],
  { outputs, names }: FusedPlan,
  words: PlanWords,
): readonly WaitText[] {
  const last = before.findLastIndex(({ kind }) => kind === 'rows');
  if (last < 0) return [];
  const made = new Set(before.slice(last + 1).flatMap(gatheredBy));
  const found = new Map<string, WaitText>();
  const seen = new Set<Expr>();
  // With the name of a value of the same level that the program makes of it, if there is one.
  const stack = readsOf(block, outputs).map((expr) => ({ expr, name: names.get(expr) }));
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    const { expr, name } = one;
    if (!made.has(expr) || seen.has(expr)) continue;
    seen.add(expr);
    const whole = contracted(expr) ?? expr;
    if (isElementwise(whole)) {
      const { level } = expr.type;
      for (const operand of operandsOf(whole)) {
        const own = operand.op === 'swap' ? operand.x : operand;
        // What was contracted stands for values that were gathered with it.
        if (whole !== expr && own.op === 'reduce') made.add(own);
        stack.push({ expr: own, name: names.get(own) ?? (own.type.level === level ? name : undefined) });
      }
      continue;
    }
    const value = name ?? words.of(whole);
    found.set(value, { value, level: nameable(whole.op === 'attains' ? whole.to : whole.type.level) });
  }
  return [...found.values()].reverse();
}

const gatheredBy = (block: Block): readonly Expr[] =>
  block.kind === 'loop' ? [...block.computes, ...block.folds] : block.kind === 'quantile' ? [block.node] : [];
