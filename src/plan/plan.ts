/**
 * The schedule that emitters print: which values are computed, in which order, where, and until when they are needed.
 * A plan knows levels and the host, and no target language.
 */
import { isFiner, nameable, type IndexLevel, type Level } from '../base/level.js';
import type { Binary, Expr } from '../ir/expr.js';
import { operandsOf } from '../ir/graph.js';
import type { DerivedLoss, DerivedProgram } from '../ir/program.js';
import { hostNodes, isSize, sizeNodes } from './host.js';
import { isLifted, needOf, readLevel, stricter, type Need } from './lift.js';
import { prepared, type Called, type Wanted } from './prepared.js';
import { schedule, stagesOf, type Stage } from './stage.js';
import { wantedMetrics, wantedOf } from './wanted.js';

/** What a step makes: the value of an expression, or the same value seen from a finer level. */
export type Step = Compute | Lift;
interface Timed {
  /** What the program calls the value. */
  readonly name: string | undefined;
  /** Steps that this one reads, in the order of `operandsOf`; a hint, if any, comes last. */
  readonly operands: readonly number[];
  readonly stage: Stage;
  /** How many steps and outputs read it. */
  readonly uses: number;
  /** The last step that reads it; the number of steps where an output does. */
  readonly lastUse: number;
}
export interface Compute extends Timed {
  readonly kind: 'compute';
  readonly node: Expr;
  /**
   * On the host it is a number or a condition that depends on parameters and constants alone; of `sizes`, one for each
   * group, it depends on the size of the group alone.
   */
  readonly place: 'host' | 'sizes' | 'device';
  /** Whether the last operand is the comparison of the two before it, at hand by chance. */
  readonly hinted: boolean;
}
export interface Lift extends Timed {
  readonly kind: 'lift';
  readonly node: Expr;
  readonly to: IndexLevel;
  readonly need: Need;
}
export interface Output {
  readonly name: string;
  /** The level of what the output is for: of the input, for a gradient. */
  readonly level: Level;
  /** What is for tokens may be a value per rollout or of the batch: it is widened where it is masked. */
  readonly step: number;
}
export interface Plan {
  readonly steps: readonly Step[];
  readonly outputs: readonly Output[];
}
/** One plan per function of a generated module. */
export interface Plans {
  /** In the order of the program's losses. */
  readonly losses: readonly LossPlans[];
  readonly metrics: Plan;
}
export interface LossPlans {
  readonly loss: Plan;
  /** The loss, and then one gradient per model input that the loss reaches. */
  readonly gradients: Plan;
  /** The same, and then the metrics. */
  readonly withMetrics: Plan;
}

/** Plans for a program that is differentiated and simplified for code, as the named values are. */
export function plan(program: DerivedProgram, called: readonly Called[] = []): Plans {
  const plansOf = (loss: DerivedLoss): LossPlans => {
    const wanted = wantedOf(program, loss);
    const gradients = planFor(wanted, called);
    return {
      loss: planFor(wanted.slice(0, 1), called),
      gradients,
      withMetrics:
        program.metrics.length === 0 ? gradients : planFor([...wanted, ...wantedMetrics(program)], called),
    };
  };
  return { losses: program.losses.map(plansOf), metrics: planFor(wantedMetrics(program), called) };
}

/** The plan that computes the wanted values, in order. */
export function planFor(wanted: readonly Wanted[], called: readonly Called[] = []): Plan {
  const { nodes, roots, names } = prepared(wanted, called);
  const hints = hintsAmong(nodes);
  const readsOf = (node: Expr): readonly Expr[] => [...operandsOf(node), ...present(hints.get(node))];
  const stages = stagesOf(nodes, readsOf);
  const onHost = hostNodes(nodes);
  const ofSizes = sizeNodes(nodes);
  /** What a number chooses stands for the whole: no kernel broadcasts it. */
  const neededBy = (node: Expr, at: number): Need =>
    node.op === 'select' && at > 0 && onHost.has(node.x) ? 'full' : needOf(node, at);
  const lifts = liftsOf(
    nodes,
    roots,
    roots.map((root, at) => outputLevel(root, wanted[at]?.level)),
    readsOf,
    neededBy,
  );
  const drafts: Draft[] = [];
  const made = new Map<string, number>();
  const make = (key: string, draft: Draft): number => {
    const known = made.get(key);
    if (known !== undefined) return known;
    made.set(key, drafts.length);
    drafts.push(draft);
    return drafts.length - 1;
  };
  const stepOf = (node: Expr): number => {
    const step = made.get(keyOf(node));
    if (step === undefined) throw new Error('internal: a value is read before it is computed');
    return step;
  };
  const ids = new Map(nodes.map((node, at) => [node, at]));
  const keyOf = (node: Expr, to: IndexLevel | '' = ''): string => `${ids.get(node) ?? -1} ${to}`;
  const read = (node: Expr, to: IndexLevel, need: Need, stage: Stage): number => {
    if (!isLifted(node, to, need)) return stepOf(node);
    const from =
      node.type.level === 'group' && isFiner(to, 'rollout')
        ? read(node, 'rollout', 'full', stage)
        : stepOf(node);
    const strict = lifts.get(node)?.get(to) ?? need;
    return make(keyOf(node, to), {
      kind: 'lift',
      node,
      name: names.get(node),
      to,
      need: strict,
      operands: [from],
      stage,
    });
  };
  for (const node of schedule(nodes, stages, readsOf)) {
    const stage = stages.get(node) ?? 'setup';
    const place = onHost.has(node) ? 'host' : ofSizes.has(node) ? 'sizes' : 'device';
    const operands =
      place === 'host' && isSize(node)
        ? []
        : readsOf(node).map((operand, at) => read(operand, readLevel(node, at), neededBy(node, at), stage));
    make(keyOf(node), {
      kind: 'compute',
      node,
      name: names.get(node),
      place,
      hinted: hints.has(node),
      operands,
      stage,
    });
  }
  const outputs = wanted.map(({ name, level }, at): Output => {
    const root = roots[at];
    if (root === undefined) throw new Error('internal: a wanted value was lost');
    return { name, level, step: read(root, outputLevel(root, level), 'full', 'tokens') };
  });
  return { steps: timed(drafts, outputs), outputs };
}

/** The level from which an output is read: the finer of its own and, unless that is of tokens, the wanted one. */
function outputLevel(root: Expr, wanted: Level = 'batch'): Level {
  if (wanted !== 'token') return wanted;
  return root.type.level === 'group' ? 'rollout' : nameable(root.type.level);
}

type Draft = Omit<Compute, 'uses' | 'lastUse'> | Omit<Lift, 'uses' | 'lastUse'>;

const present = (expr: Expr | undefined): readonly Expr[] => (expr === undefined ? [] : [expr]);

/** For each `min(x, y)` whose `x <= y`, and `max(x, y)` whose `x >= y`, is computed anyway: that comparison. */
function hintsAmong(nodes: readonly Expr[]): ReadonlyMap<Expr, Expr> {
  const compared = new Map<Expr, Binary[]>();
  for (const node of nodes) {
    if (node.op !== 'le' && node.op !== 'ge') continue;
    const others = compared.get(node.x);
    if (others === undefined) compared.set(node.x, [node]);
    else others.push(node);
  }
  const hints = new Map<Expr, Expr>();
  for (const node of nodes) {
    if (node.op !== 'min' && node.op !== 'max') continue;
    const op = node.op === 'min' ? 'le' : 'ge';
    const hint = compared.get(node.x)?.find((one) => one.op === op && one.y === node.y);
    if (hint !== undefined) hints.set(node, hint);
  }
  return hints;
}

/** The strictest way in which each value is read from each finer level: it is lifted once, in that way. */
function liftsOf(
  nodes: readonly Expr[],
  roots: readonly Expr[],
  levels: readonly Level[],
  readsOf: (node: Expr) => readonly Expr[],
  neededBy: (node: Expr, at: number) => Need,
): ReadonlyMap<Expr, ReadonlyMap<IndexLevel, Need>> {
  const lifts = new Map<Expr, Map<IndexLevel, Need>>();
  const note = (node: Expr, to: IndexLevel, need: Need): void => {
    if (!isLifted(node, to, need)) return;
    const own = lifts.get(node) ?? new Map<IndexLevel, Need>();
    lifts.set(node, own);
    own.set(to, stricter(own.get(to) ?? need, need));
  };
  for (const node of nodes)
    readsOf(node).forEach((operand, at) => {
      note(operand, readLevel(node, at), neededBy(node, at));
    });
  roots.forEach((root, at) => {
    note(root, levels[at] ?? 'batch', 'full');
  });
  return lifts;
}

function timed(drafts: readonly Draft[], outputs: readonly Output[]): readonly Step[] {
  const uses = drafts.map(() => 0);
  const lastUse = drafts.map((_, at) => at);
  const use = (step: number, by: number): void => {
    uses[step] = (uses[step] ?? 0) + 1;
    lastUse[step] = Math.max(lastUse[step] ?? 0, by);
  };
  drafts.forEach(({ operands }, reader) => {
    for (const operand of new Set(operands)) use(operand, reader);
  });
  for (const { step } of outputs) use(step, drafts.length);
  return drafts.map((draft, at): Step => ({ ...draft, uses: uses[at] ?? 0, lastUse: lastUse[at] ?? at }));
}
