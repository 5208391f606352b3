/** Right programs: the checker has nothing to say, and finds the kinds and levels that a reader would. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checked, objective } from './checked.js';

const MODEL = 'model logp : token';
const MINIMIZE = 'minimize mean[token in batch](-logp * reward)';
const START = [
  MODEL,
  'data old_logp : token',
  'data reward : rollout',
  'data difficulty : group',
  'data step : batch',
  'tag task : rollout',
  'tag topic : group',
  'tag action : token',
  'tag run : batch',
];

/** Values with the kind and level that they have, over the inputs of `START`. */
const values: readonly (readonly [string, 'real' | 'bool', string])[] = [
  ['1', 'real', 'batch'],
  ['pi', 'real', 'batch'],
  ['true', 'bool', 'batch'],
  ['logp', 'real', 'token'],
  ['reward', 'real', 'rollout'],
  ['difficulty', 'real', 'group'],
  ['step', 'real', 'batch'],
  ['logp + reward', 'real', 'token'],
  ['reward * difficulty', 'real', 'rollout'],
  ['difficulty - step', 'real', 'group'],
  ['-logp', 'real', 'token'],
  ['logp ^ 2', 'real', 'token'],
  ['logp ^ -3', 'real', 'token'],
  ['logp ^ 0', 'real', 'token'],
  ['exp(logp) ^ 0.5', 'real', 'token'],
  ['2 ^ reward', 'real', 'rollout'],
  ['reward > 0', 'bool', 'rollout'],
  ['logp != old_logp', 'bool', 'token'],
  ['(reward > 0) == (difficulty > 0)', 'bool', 'rollout'],
  ['true == false', 'bool', 'batch'],
  ['not (reward > 0)', 'bool', 'rollout'],
  ['reward > 0 and logp < 0 or step == 1', 'bool', 'token'],
  ['if reward > 0 then 1 else 0', 'real', 'rollout'],
  ['if step > 0 then logp else reward', 'real', 'token'],
  ['if reward > 0 then true else difficulty > 1', 'bool', 'rollout'],
  ['exp(reward)', 'real', 'rollout'],
  ['exp(x: reward)', 'real', 'rollout'],
  ['min(logp, reward)', 'real', 'token'],
  ['max(reward, difficulty, step, 1)', 'real', 'rollout'],
  ['clip(logp, -1, 1)', 'real', 'token'],
  ['clip(logp, -inf, 1)', 'real', 'token'],
  ['clip(logp, low: 0, high: inf)', 'real', 'token'],
  ['clip(reward, difficulty, difficulty + 1)', 'real', 'rollout'],
  ['clip(reward, 1, 1)', 'real', 'rollout'],
  ['stop(logp)', 'real', 'token'],
  ['square(logp) + sign(logp) + tanh(logp) + relu(logp)', 'real', 'token'],
  ['cumsum[token](logp)', 'real', 'token'],
  ['cumsum[token](reward)', 'real', 'token'],
  ['cumsum[token](1)', 'real', 'token'],
  ['discounted[token](logp, 0.9)', 'real', 'token'],
  ['discounted[token](logp, gamma: difficulty)', 'real', 'token'],
  ['discounted[token](gamma: 2, logp)', 'real', 'token'],
  ['discounted[token](step, mean[token](logp))', 'real', 'token'],
  ['shift[token](logp, by: 1, fill: 0)', 'real', 'token'],
  ['shift[token](logp, by: -3, fill: reward)', 'real', 'token'],
  ['shift[token](fill: step, by: -0, reward)', 'real', 'token'],
  ['shift[token](logp, by: 1e3, fill: -1)', 'real', 'token'],
  ['quantile[token](logp, 0.5)', 'real', 'rollout'],
  ['quantile[token in batch](logp, q: 1)', 'real', 'batch'],
  ['quantile[token](reward, reward)', 'real', 'rollout'],
  ['quantile[rollout where reward > 0](reward, difficulty)', 'real', 'group'],
  ['quantile[rollout in batch](q: 0, reward)', 'real', 'batch'],
  ['quantile[token](logp, step + 2)', 'real', 'rollout'],
  ['mean[token](logp)', 'real', 'rollout'],
  ['mean[rollout](reward)', 'real', 'group'],
  ['mean[group](difficulty)', 'real', 'batch'],
  ['mean[token in group](logp)', 'real', 'group'],
  ['mean[token in batch](logp)', 'real', 'batch'],
  ['mean[rollout in batch](reward)', 'real', 'batch'],
  ['sum[token](reward)', 'real', 'rollout'],
  ['sum[token](step)', 'real', 'rollout'],
  ['count[token]', 'real', 'rollout'],
  ['count[rollout where reward > 0]', 'real', 'group'],
  ['count[token in batch where logp < reward]', 'real', 'batch'],
  ['any[rollout](reward > 0)', 'bool', 'group'],
  ['all[token in batch](logp < 0)', 'bool', 'batch'],
  ['any[rollout](reward > 0) and any[rollout](not (reward > 0))', 'bool', 'group'],
  ['mean[rollout where reward > 0](mean[token](logp))', 'real', 'group'],
  ['mean[rollout in batch where difficulty > 0](reward)', 'real', 'batch'],
  ['max[rollout](reward)', 'real', 'group'],
  ['min[group](difficulty)', 'real', 'batch'],
  ['logsumexp[rollout in batch](reward)', 'real', 'batch'],
  ['max[token](logp, anchor: -inf)', 'real', 'rollout'],
  ['min[token in batch](logp, anchor: inf)', 'real', 'batch'],
  ['logsumexp[rollout where reward > 0](mean[token](logp), anchor: 0)', 'real', 'group'],
  ['logsumexp[token](logp, anchor: reward)', 'real', 'rollout'],
  ['logsumexp[token](logp, anchor: step)', 'real', 'rollout'],
  ['max[rollout](reward, anchor: difficulty)', 'real', 'group'],
  [
    'std[rollout](reward) + var[rollout](reward) + pstd[rollout](reward) + pvar[rollout](reward)',
    'real',
    'group',
  ],
  ['mean[others](reward)', 'real', 'rollout'],
  ['mean[others](difficulty + step)', 'real', 'rollout'],
  ['count[others]', 'real', 'rollout'],
  ['count[others where reward > mean[others](reward)]', 'real', 'rollout'],
  ['any[others](reward > 0)', 'bool', 'rollout'],
  ['all[others where difficulty > 0](reward > 0)', 'bool', 'rollout'],
  ['max[others](reward, anchor: -inf)', 'real', 'rollout'],
  ['min[others](reward, anchor: reward)', 'real', 'rollout'],
  ['logsumexp[others where reward > 0](mean[token](logp), anchor: difficulty)', 'real', 'rollout'],
  ['logp - std[others](mean[token](logp))', 'real', 'token'],
  ['mean[rollout](max[others](reward, anchor: 0))', 'real', 'group'],
  ['(reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-6)', 'real', 'rollout'],
  ['sum[group in batch](sum[rollout](sum[token](logp)))', 'real', 'batch'],
  ['task == 3', 'bool', 'rollout'],
  ['3 != task', 'bool', 'rollout'],
  ['task == -3', 'bool', 'rollout'],
  ['task == 3.0', 'bool', 'rollout'],
  ['task == 9007199254740991', 'bool', 'rollout'],
  ['task == topic', 'bool', 'rollout'],
  ['topic == run', 'bool', 'group'],
  ['action != task', 'bool', 'token'],
  ['run == run', 'bool', 'batch'],
  ['any[token](action == topic)', 'bool', 'rollout'],
  ['count[rollout where task == topic]', 'real', 'group'],
  ['if task == 1 then logp else reward', 'real', 'token'],
  ['(task == 1) == (topic == 2)', 'bool', 'rollout'],
];

describe('values', () => {
  test.each(values)('%s', (text, kind, level) => {
    const use = kind === 'bool' ? `if value then 1 else 0` : 'value';
    const sum = level === 'batch' ? use : `sum[${level} in batch](${use})`;
    const { models, frames } = checked(
      objective(...START, MINIMIZE, `let value = ${text}`, `metric used = ${sum}`),
    );
    expect(frames.replace(/^warning\[W0202\][^]*?\n\n?(?=warning|$)/gm, '')).toBe('');
    expect(models[0]?.lets[0]?.type).toEqual({ kind, level });
  });
});

/** Claims and other items, over the inputs of `START` with `w`, `positive` and `tau`. */
const items: readonly string[] = [
  'verify : w <= 0',
  'verify "label" for positive : w < 0',
  'verify for positive assuming tau == 1 : w >= -1 / tau',
  'refute assuming logp == old_logp : w == 1',
  'verify : positive == (reward > 0)',
  'verify : abs(w) is nonincreasing in log_ratio',
  'verify : w is nondecreasing in log_ratio',
  'verify : w is increasing in logp',
  'verify : w is decreasing in tau',
  'verify : w is constant in reward',
  'verify : w is bounded',
  'verify : w is bounded in log_ratio',
  'verify : w is continuous in log_ratio',
  'verify : w is convex in log_ratio',
  'verify : w is lipschitz in log_ratio by 1 / (4 * tau ^ 2)',
  'verify : w is nowhere zero in log_ratio',
  'verify : w is independent of reward',
  'verify : positive is independent of logp',
  'verify : w is independent of positive',
  'verify : w tends to 0 as log_ratio -> inf',
  'verify : w tends to -1 / tau as log_ratio -> -inf',
  'verify : w tends to inf as log_ratio -> 0',
  'verify : sup(w, log_ratio) == 1 / tau',
  'verify : inf(abs(w), log_ratio) == 0',
  'verify : sup(w, tau) == positive_share',
  'assume positive or reward == 0',
  'assume tau <= 2',
  'metric solved = positive_share',
  'metric weight = mean[token in batch](w)',
  'let h = grad(w, log_ratio)',
  'metric weight = mean[token in batch](grad(cost, log_ratio))',
  'assume grad(cost, log_ratio) <= 1 / tau',
  'verify for grad(cost, log_ratio) < 0 : grad(cost, log_ratio) >= -1 / tau',
  'let v = 2 * grad(sum[token in batch](w), log_ratio)  metric curvature = mean[token in batch](v)',
];

describe('items', () => {
  test.each(items)('%s', (item) => {
    const { models, frames, codes } = checked(
      objective(
        'param tau in (0, inf) = 0.5',
        MODEL,
        'data old_logp : token',
        'data reward : rollout in {0, 1}',
        'let positive = reward == 1',
        'let positive_share = mean[rollout in batch](if positive then 1 else 0)',
        'let log_ratio = logp - old_logp',
        'let cost = if positive then softplus(-log_ratio / tau) else softplus(log_ratio / tau)',
        'minimize mean[token in batch](cost) + 0 * positive_share',
        'let w = grad(cost, log_ratio)',
        item,
      ),
    );
    expect(codes, frames).toEqual([]);
    expect(models).toHaveLength(1);
  });
});

const TAGGED: readonly string[] = [
  'assume task != 0',
  'assume task == topic and (reward > 0) == (topic == 1)',
  'verify for task == 3 : w <= 0',
  'verify assuming topic != task : w <= 0',
  'verify : w is independent of task',
  'verify : task == 3',
  'metric share = mean[rollout in batch](if task == topic then 1 else 0)',
];

describe('tags', () => {
  test.each(TAGGED)('%s', (item) => {
    const { frames } = checked(
      objective(
        MODEL,
        'data reward : rollout',
        'tag task : rollout in integer [0, inf)',
        'tag topic : group in {1, 2, 3}',
        'let cost = -logp * reward',
        'minimize sum[token in batch where task == topic](cost)',
        'let w = grad(cost, logp)',
        item,
      ),
    );
    expect(frames).toBe('');
  });
});

describe('several losses', () => {
  test.each([
    ['minimize mean[token in batch](-logp) as actor'],
    ['minimize mean[token in batch](-logp) as actor', 'maximize mean[token in batch](value) as critic'],
    [
      'minimize mean[token in batch](logp * stop(value)) as actor',
      'minimize mean[token in batch](value) as c',
    ],
    // One input for both, and names of other namespaces.
    ['minimize mean[token in batch](-logp) as logp', 'minimize mean[token in batch](logp ^ 2) as exp'],
    ['let actor = mean[token in batch](-logp)', 'minimize actor as actor', 'minimize actor ^ 2 as critic'],
  ])('%s', (...losses) => {
    const { frames, models } = checked(
      objective(MODEL, 'model value : token', 'metric m = mean[token in batch](value)', ...losses),
    );
    expect(frames).toBe('');
    expect(models[0]?.losses.map(({ name }) => `as ${name?.text ?? ''}`)).toEqual(
      losses.flatMap((loss) => / (as \w+)$/.exec(loss)?.[1] ?? []),
    );
  });
});

const declarations: readonly string[] = [
  'param lo in (0, 1) = 0.2  param a in [lo, inf) = 0.28',
  'param lo in (0, 1) = 0.2  param a in [lo, 1]',
  'param lo in (0, 1)  param a in [lo, inf) = 0.28',
  'param lo in (0, 1)  param a in integer [lo, inf) = 1',
  'param cap in {1, 2} = 1  param a in [-cap, cap] = -1',
  'param lo in real = 0  param hi in (lo, inf) = 1  param a in [lo, hi] = 1',
  'param cap in (0, inf) = 5  data a : batch in [0, cap]',
  'param cap in [1, 2] = 1  param a in [cap, cap] = 1',
  'param a in real',
  'param a in real = -1',
  'param a in integer',
  'param a in integer = -3',
  'param a in integer [1, inf) = 8',
  'param a in (0, 1) = 0.5',
  'param a in [0, 1] = 1',
  'param a in [1, 1] = 1',
  'param a in (-inf, inf) = 1e300',
  'param a in {0, 1, 2.5} = 2.5',
  'param a in {-1, 1} = -1 "which side"',
  'param τ in (0, inf) = 1  let a = τ',
  'data a : batch in integer [0, 3]',
];

describe('declarations', () => {
  test.each(declarations)('%s', (declaration) => {
    const program = objective(MODEL, declaration, 'minimize mean[token in batch](-logp) * a');
    expect(checked(program).frames).toBe('');
  });
});

describe('objectives of the repository', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const files = ['objectives', 'test/recorded-variants'].flatMap((folder) =>
    readdirSync(`${root}${folder}`)
      .filter((name) => name.endsWith('.obj'))
      .map((name) => `${folder}/${name}`),
  );
  test.each(files)('%s', (path) => {
    const { frames, models } = checked(readFileSync(`${root}${path}`, 'utf8'), path);
    expect(frames).toBe('');
    expect(models).toHaveLength(1);
  });
});
