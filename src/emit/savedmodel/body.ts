/** A plan as the nodes of one function: inputs and parameters in, loss, gradients and metrics out. */
import { isBinary, isPlace, isTernary, isUnary, type Binary } from '../../ir/expr.js';
import { toDouble } from '../../ir/constant.js';
import type { Level } from '../../base/level.js';
import { isOne, isSize } from '../../plan/host.js';
import type { Compute, Lift, Output, Plan } from '../../plan/plan.js';
import { alongTemplates } from './along.js';
import { builder, type Library, type Ref } from './builder.js';
import { elementwise } from './elementwise.js';
import { opsOn } from './ops.js';
import { reductions } from './reductions.js';
import { bool, type Argument, type FunctionDef } from './saved-model.js';
import { spaceOf, type Given } from './space.js';

export interface Body {
  readonly name: string;
  readonly plan: Plan;
  /** The arguments, by the name of the input or the parameter, or by what they are to the layout. */
  readonly args: ReadonlyMap<string, Argument>;
  /** The arguments that say where everything stands. */
  readonly given: Given;
  readonly library: Library;
  /** One compiled cluster, or op by op. */
  readonly isCompiled: boolean;
}

/** The largest and the smallest id that int32 holds. */
const isInt32 = (id: number): boolean => Number.isInteger(id) && id >= -(2 ** 31) && id < 2 ** 31;

/** The attribute that has a function compiled as one cluster; without XLA, TensorFlow then refuses to run it. */
export const mustCompile = (isCompiled: boolean): { readonly _XlaMustCompile: ReturnType<typeof bool> } => ({
  _XlaMustCompile: bool(isCompiled),
});

export function functionFor({ name, plan, args, given, library, isCompiled }: Body): FunctionDef {
  const own = builder([...args.values()], library);
  const tf = opsOn(own);
  const argument = (of: string): Ref => {
    const arg = args.get(of);
    if (arg === undefined) throw new Error(`internal: no argument for ${of}`);
    return arg.name;
  };
  const space = spaceOf(tf, own, library, given);
  const templates = {
    ...elementwise(own, tf),
    ...reductions(tf, own, library, space),
    ...alongTemplates(tf, own, library, space),
  };
  const refs: Ref[] = [];
  const shapeOf = { token: space.tokenShape, peer: space.peerShape, rollout: space.columnShape } as const;

  /** Behind the groups that there are, zeros stand for those that there are not. */
  const inputValue = (of: string, level: Level): Ref => {
    const x = argument(of);
    if (level === 'token' || level === 'batch') return x;
    if (level === 'rollout') return tf.reshape(x, tf.ints([-1, 1]));
    const missing = tf.sub(space.rollouts(), tf.size(tf.shape(x), 0));
    const paddings = tf.reshape(tf.pack(tf.integer(0), missing), tf.ints([1, 2]));
    return tf.reshape(tf.pad(x, paddings), tf.ints([-1, 1]));
  };

  const lifted = ({ node, to, need }: Lift, [x = '']: readonly Ref[]): Ref => {
    if (to === 'batch') return x;
    if (to === 'group') return tf.broadcast(x, space.columnShape());
    if (node.type.level === 'group' && to === 'rollout') return tf.gather(x, space.groupOf(), 0);
    return need === 'full' || to === 'rollout' ? tf.broadcast(x, shapeOf[to]()) : x;
  };

  const compared = (node: Binary, operands: readonly Ref[]): Ref | undefined => {
    const ids = [node.x, node.y];
    const far = ids.findIndex((one) => one.op === 'const' && !isInt32(toDouble(one.value)));
    const other = operands[1 - far];
    if (node.x.type.kind !== 'tag' || far < 0 || other === undefined) return undefined;
    // No id is equal to what int32 does not hold: as many conditions as there are ids, each the same.
    return node.op === 'eq' ? tf.notEqual(other, other) : tf.equal(other, other);
  };

  const computed = ({ node }: Compute, operands: readonly Ref[]): Ref => {
    const [x = '', y = '', z = ''] = operands;
    if (isUnary(node)) return templates.unary[node.op](x);
    if (isBinary(node)) return compared(node, operands) ?? templates.binary[node.op](x, y, node.x.type.kind);
    if (isTernary(node)) return templates.ternary[node.op](x, y, z, node.type.kind);
    switch (node.op) {
      case 'const': {
        const value = toDouble(node.value);
        if (node.type.kind === 'tag') return tf.integer(isInt32(value) ? value : 0);
        return tf.number(value);
      }
      case 'inf':
        return tf.number(node.negative ? -Infinity : Infinity);
      case 'pi':
        return tf.number(Math.PI);
      case 'bool':
        return tf.truth(node.value);
      case 'input':
        return node.role === 'param' ? argument(node.name) : inputValue(node.name, node.type.level);
      case 'named':
        return x;
      case 'swap':
        return templates.swap(x, node.x.type.level === 'peer' ? 'peer' : 'rollout');
      case 'scan':
        return templates.scan(node.direction, x, node.gamma && y);
      case 'shift':
        if (isPlace(node)) return templates.place(node.by);
        return templates.shift(x, node.by, node.type.kind === 'bool' ? undefined : y);
      case 'attains':
        return templates.attains(node.extreme, {
          set: `${node.from} in ${node.to}`,
          x,
          where: node.where && y,
          beside: undefined,
        });
      case 'reduce': {
        const set = `${node.from} in ${node.to}`;
        if (isSize(node)) return templates.count(set, undefined);
        const where = node.where && y;
        const isAlone = node.anchor === undefined && node.q === undefined;
        const beside = isAlone ? undefined : where === undefined ? y : z;
        if (node.reduce === 'sum' && isOne(node.x)) return templates.count(set, where);
        return templates.reduce[node.reduce]({ set, x, where, beside });
      }
    }
  };

  for (const step of plan.steps) {
    own.within(step.kind === 'compute' ? step.name : undefined);
    const operands = step.operands.map((operand) => refs[operand] ?? '');
    refs.push(step.kind === 'lift' ? lifted(step, operands) : computed(step, operands));
  }
  own.within(undefined);

  /** As it is handed out: nothing at masked positions, no groups that there are not. */
  const finished = ({ name: of, level, step }: Output): Ref => {
    const x = refs[step] ?? '';
    if (level === 'token') return tf.select(space.mask(), tf.broadcast(x, space.tokenShape()), tf.number(0));
    if (level === 'batch') return tf.reshape(x, tf.ints([]));
    const flat = tf.reshape(x, tf.ints([-1]));
    if (level === 'rollout') return flat;
    return tf.slice(flat, tf.ints([0]), tf.shape(argument(of)));
  };
  const results = plan.outputs.map((output, at) => ({
    name: `result_${at}`,
    dtype: 'float32' as const,
    from: finished(output),
  }));
  return own.finish(name, results, mustCompile(isCompiled));
}
