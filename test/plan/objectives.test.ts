/** The fused plan of every objective: what is said of three, and what holds of all. */
import { describe, expect, test } from 'vitest';
import { analyze, explainPlan } from '../../src/compile.js';
import { planText } from '../../src/report/plan-text.js';
import type { PlanText, Planned, WalkText } from '../../src/report/planned.js';
import { filesUnder, read } from '../sources.js';

const names = filesUnder('objectives')
  .filter((path) => path.endsWith('.obj') && !path.startsWith('objectives/std/'))
  .map((path) => path.slice('objectives/'.length, -'.obj'.length));

function plannedOf(name: string): Planned {
  const [unit] = analyze(read(`objectives/${name}.obj`)).units;
  if (unit === undefined) throw new Error(`${name} is wrong`);
  return explainPlan(unit);
}

test.each(['grpo', 'real', 'actor_critic'])('what is said of %s', async (name) => {
  const said = `${read(`objectives/${name}.obj`)}\n${'─'.repeat(80)}\n\n${planText(plannedOf(name))}`;
  await expect(said).toMatchFileSnapshot(`plans/${name}.txt`);
});

/** Losses and metrics with more walks than three, or more buffers than two, and why. */
const BEYOND: Readonly<Record<string, string>> = {
  // The first walk gathers the largest ratio, and the last one needs all ratios again.
  'kl_cov loss with metrics': '3 walks, 3 buffers',
};

const plans = names.flatMap((name) =>
  plannedOf(name).plans.map((plan) => [`${name} ${plan.of}`, plan] as const),
);
const walksOf = ({ blocks }: PlanText): readonly WalkText[] =>
  blocks.filter((block): block is WalkText => block.kind === 'walk');

test('at most three walks and two buffers, but for those that are listed', () => {
  const beyond = plans
    .filter(([, { traffic }]) => traffic.walks > 3 || traffic.buffers > 2)
    .map(([of, { traffic }]) => [
      of,
      `${traffic.walks} walks, ${traffic.buffers} ${traffic.buffers === 1 ? 'buffer' : 'buffers'}`,
    ]);
  expect(Object.fromEntries(beyond)).toEqual(BEYOND);
});

describe.each(plans)('%s', (_of, plan) => {
  const { traffic, gradients, stores } = plan;
  const walks = walksOf(plan);

  test('moves no less than the least', () => {
    const { read: moved, leastRead, written, leastWritten, buffers, sorts } = traffic;
    expect(moved).toBeGreaterThanOrEqual(leastRead);
    expect(written).toBe(leastWritten + 4 * buffers);
    expect(buffers).toBe(stores.length + sorts);
    if (buffers === 0 && traffic.walks === 1) expect(moved).toBe(leastRead);
  });

  test('is told as it is counted', () => {
    expect(walks.map(({ number }) => number)).toEqual(walks.map((_, at) => at + 1));
    expect(walks.length).toBe(traffic.walks);
    const tokens = walks.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'tokens' ? [step] : [])),
    );
    expect(tokens.flatMap((step) => step.stores)).toEqual(stores);
    const written = tokens.flatMap(({ writes }) => writes);
    expect(written.length).toBe(traffic.leastWritten / 4);
    expect(gradients).toEqual(expect.arrayContaining(written));
    if (gradients.length > 0) expect(walks.length).toBeGreaterThan(0);
  });

  test('says what every walk but the first waits for', () => {
    expect(walks.map(({ waits }) => waits.length > 0)).toEqual(walks.map((_, at) => at > 0));
  });

  test('says nothing that is longer than anyone reads', () => {
    const [text] = [planText({ objective: 'x', plans: [plan] })];
    expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(160);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});
