/**
 * What a fused plan moves per token, and the least that any plan of the same values could move. Every number counts as the
 * four bytes that tensors hold it in, whatever the arrays of a target do.
 */
import type { Expr } from '../../ir/expr.js';
import { readsOf } from './fuse.js';
import { sortedParts } from './passes.js';
import type { FusedPlan, Ordering, Rows } from './program.js';

const BYTES = 4;

export interface Traffic {
  /** Walks over all tokens; what a walk's later steps read again of a rollout is near, and counts once. */
  readonly walks: number;
  /** Orderings of tokens. */
  readonly sorts: number;
  /**
   * Bytes per token, of inputs and of what is stored between walks. A sort reads what it sorts, gathers it in a list and
   * reads that; what it moves while it sorts is not counted.
   */
  readonly read: number;
  readonly written: number;
  /** With each token input that matters read once, and each token output written once. */
  readonly leastRead: number;
  readonly leastWritten: number;
  /** Token-sized buffers besides inputs and outputs: what is stored, and the lists of sorts. */
  readonly buffers: number;
}

export function trafficOf(plan: FusedPlan): Traffic {
  const rows = plan.blocks.filter((block): block is Rows => block.kind === 'rows');
  const reads = rows.map((block) => memoryReads(block, plan));
  const sorts = plan.blocks.filter(isSortOfTokens);
  const sorted = sorts.flatMap(({ node }) =>
    sortedParts(node).filter((part) => isTokenInput(part) || plan.stored.has(part)),
  );
  const outputs = plan.outputs.filter(({ level }) => level === 'token').length;
  const stored = rows.flatMap(storesOf).length;
  return {
    walks: rows.length,
    sorts: sorts.length,
    read: BYTES * (reads.flat().length + sorted.length + sorts.length),
    written: BYTES * (outputs + stored + sorts.length),
    leastRead: BYTES * new Set([...reads.flat(), ...sorted].filter(isTokenInput)).size,
    leastWritten: BYTES * outputs,
    buffers: plan.stored.size + sorts.length,
  };
}

const isSortOfTokens = (block: FusedPlan['blocks'][number]): block is Ordering =>
  block.kind === 'quantile' && block.node.from === 'token';

const isTokenInput = (value: Expr): boolean => value.op === 'input' && value.type.level === 'token';
const storesOf = ({ steps }: Rows): readonly Expr[] =>
  steps.flatMap((step) => (step.kind === 'tokens' ? step.stores : []));

/** The token inputs and stored values that one walk reads from memory. */
export function memoryReads(block: Rows, { outputs, stored }: FusedPlan): readonly Expr[] {
  const computed = block.steps.flatMap((step) => (step.kind === 'tokens' ? step.computes : []));
  const made = new Set([...computed, ...storesOf(block)]);
  const isRead = (value: Expr): boolean => isTokenInput(value) || (stored.has(value) && !made.has(value));
  return [...new Set(readsOf(block, outputs).filter(isRead))];
}
