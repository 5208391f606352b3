/**
 * The shortest way from an objective to a training step of a model of your own. The model here is a table of logits, so
 * that nothing distracts: what you need from yours is the log-probability of each rollout token, as a tensor [B, T].
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs'; // the loss itself needs tfjs-core only; the model's gradients come from here
import { compile } from 'veriloss';
import { type ObjectiveModule } from '../train/objective-module.js';

// 1. Compile the objective to a JavaScript module and load it. (Or run `veriloss compile` once and import its file.)
const source = readFileSync(new URL('../../objectives/real.obj', import.meta.url), 'utf8');
const { files } = await compile(source, { name: 'real.obj', target: 'tfjs', language: 'js' });
const folder = new URL('../../runs/bring-your-own-model/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('loss.js', folder), files.find(({ path }) => path.endsWith('.js'))?.text ?? '');
const real = (await import(new URL('loss.js', folder).href)) as ObjectiveModule;

// 2. A model and a task: for each of 4 prompts, T = 2 tokens of a vocabulary of 4; right is the prompt's number, twice.
const [prompts, groupSize, T, V] = [4, 8, 2, 4];
const B = prompts * groupSize;
const table = tf.variable(tf.zeros([prompts, T * V])); // logits of each prompt's tokens
const group = Array.from({ length: B }, (_, row) => Math.floor(row / groupSize)); // the prompt of each rollout

/** Log-probabilities of the next token at each position, [B·T, V]. One-hot products have a gradient on every backend. */
function nextTokenLogp(): tf.Tensor2D {
  const rows = tf.matMul(tf.oneHot(tf.tensor1d(group, 'int32'), prompts).toFloat(), table as tf.Tensor2D);
  return tf.logSoftmax(tf.reshape(rows, [B * T, V]));
}

/** Log-probability of each taken token [B, T]: all that the objective sees of the model. */
function tokenLogp(taken: tf.Tensor1D): tf.Tensor2D {
  return tf.reshape(tf.sum(tf.mul(nextTokenLogp(), tf.oneHot(taken, V)), 1), [B, T]);
}

const optimizer = tf.train.adam(0.1);
for (let iteration = 0; iteration <= 30; iteration++) {
  // 3. Rollouts: draw tokens, keep the log-probabilities they were drawn with, and give each rollout its reward.
  const taken = tf.tidy(() => {
    const noise = tf.neg(
      tf.log(tf.neg(tf.log(tf.randomUniform([B * T, V], 1e-6, 1, 'float32', iteration + 1)))),
    );
    return tf.argMax(tf.add(nextTokenLogp(), noise), 1) as tf.Tensor1D; // Gumbel noise: one draw from each row
  });
  const tokens = await taken.data();
  const right = group.map((prompt, row) =>
    tokens.subarray(row * T, (row + 1) * T).every((token) => token === prompt),
  );
  const batch = {
    group, // group ids stay on the host; groups may be of any size and in any order
    mask: tf.ones([B, T]), // 1 where a token counts; here every rollout has the full length
    old_logp: tf.tidy(() => tokenLogp(taken)),
    reward: tf.tensor1d(right.map(Number)),
  };
  if (iteration === 0) {
    const logp = tf.tidy(() => tokenLogp(taken));
    await real.validate({ ...batch, logp }); // says in words what is wrong with a batch; leave it out when all is well
    logp.dispose();
  }

  // 4. Training steps. `prepare` lays out the groups once per batch; `loss` is differentiable, so tfjs takes the gradient
  //    on through the model. The gradient with respect to `logp` is the one that the compiler derived.
  const layout = real.prepare(batch);
  for (let step = 0; step < 2; step++) {
    optimizer.minimize(() => real.loss({ ...batch, logp: tokenLogp(taken) }, layout, { tau: 0.5 }), false, [
      table,
    ]);
  }
  layout.dispose();
  tf.dispose([taken, batch.mask, batch.old_logp, batch.reward]);
  if (iteration % 5 === 0) {
    const share = right.filter(Boolean).length / B;
    process.stdout.write(
      `iteration ${iteration}: reward ${share.toFixed(2)}, ${tf.memory().numTensors} tensors\n`,
    );
  }
}
