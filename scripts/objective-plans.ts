/** What the fused plan of each loss of each objective moves, for a table of the documentation. */
import { readdirSync, readFileSync } from 'node:fs';
import { analyze, explainPlan } from '../src/compile.js';
import type { Traffic } from '../src/plan/fused/traffic.js';

export interface ObjectivePlan {
  /** Of the objective; of several losses, with the loss: `actor_critic.actor`. */
  readonly name: string;
  readonly traffic: Traffic;
  /** The same with the metrics. */
  readonly withMetrics: Traffic;
  /** What the last walk waits for; nothing where it is the first. */
  readonly waits: readonly string[];
}

const FOLDER = new URL('../objectives/', import.meta.url);

/** One for each loss with its gradients, by the names of the objectives. */
export function objectivePlans(): readonly ObjectivePlan[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.obj'));
  return files.sort().flatMap((file) => {
    const name = file.slice(0, -'.obj'.length);
    const [unit] = analyze(readFileSync(new URL(file, FOLDER), 'utf8'), file).units;
    if (unit === undefined) throw new Error(`${file} is wrong`);
    const { plans } = explainPlan(unit);
    const losses = plans.filter(({ of, metrics }) => of.startsWith('loss') && metrics.length === 0);
    return losses.map(({ of, traffic, blocks }) => ({
      name: of.replace('loss', name),
      traffic,
      withMetrics: plans.find((one) => one.of === `${of} with metrics`)?.traffic ?? traffic,
      waits: blocks
        .flatMap((block) => (block.kind === 'walk' ? [block.waits] : []))
        .slice(-1)
        .flatMap((waits) => waits.map(({ value }) => value)),
    }));
  });
}
