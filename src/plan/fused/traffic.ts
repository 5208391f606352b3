/** What a fused plan moves: bytes per token, and the least that any plan of the same values could move. */
import type { Expr, Input } from '../../ir/expr.js';
import { isElementwise } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { readsOf } from './fuse.js';
import type { FusedPlan, Rows } from './program.js';

/** A float32 is what tensors hold. */
const BYTES = 4;

export interface Traffic {
  /** Walks over tokens that read or write memory; walks that only look at rows kept nearby are not among them. */
  readonly walks: number;
  /** Bytes per token, of inputs and of what is stored between walks. */
  readonly read: number;
  readonly written: number;
  /** With each token input that matters read once, and each token output written once. */
  readonly leastRead: number;
  readonly leastWritten: number;
  /** Token-sized buffers besides inputs and outputs. */
  readonly buffers: number;
}

export function trafficOf(plan: FusedPlan): Traffic {
  const rows = plan.blocks.filter((block): block is Rows => block.kind === 'rows');
  const reads = rows.map((block) => memoryReads(block, plan));
  const stores = rows.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'tokens' ? step.stores : [])),
  );
  const sorted = plan.blocks.filter(({ kind }) => kind === 'quantile').length;
  const outputs = plan.outputs.filter(({ level }) => level === 'token').length;
  return {
    walks: rows.length,
    read: BYTES * (reads.reduce((total, one) => total + one.size, 0) + sorted),
    written: BYTES * (outputs + stores.length),
    leastRead: BYTES * new Set(reads.flatMap((one) => [...one].filter((value) => value.op === 'input'))).size,
    leastWritten: BYTES * outputs,
    buffers: plan.stored.size,
  };
}

/** The token inputs and stored values that one walk reads, each once: a rollout's tokens stay near. */
function memoryReads(block: Rows, { outputs, stored }: FusedPlan): ReadonlySet<Expr> {
  const made = new Set(block.steps.flatMap((step) => (step.kind === 'tokens' ? step.computes : [])));
  const isRead = (value: Expr): boolean =>
    (isTokenInput(value) || stored.has(value)) && !made.has(value) && !isKeptIn(block, value);
  return new Set(readsOf(block, outputs).filter(isRead));
}

const isTokenInput = (value: Expr): value is Input => value.op === 'input' && value.type.level === 'token';
const isKeptIn = ({ steps }: Rows, value: Expr): boolean =>
  value.op !== 'input' &&
  !isElementwise(value) &&
  operandsOf(value).length > 0 &&
  steps.some((step) => step.kind === 'along' && step.node === value);
