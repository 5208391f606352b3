/** A plan as the statements of one function. */
import { toDouble } from '../../ir/constant.js';
import { isBinary, isPlace, isTernary, isUnary, type Expr, type Input } from '../../ir/expr.js';
import { isGroupSize, isOne, isSize } from '../../plan/host.js';
import type { Compute, Lift, Plan, Step } from '../../plan/plan.js';
import type { Stage } from '../../plan/stage.js';
import { ALONG, DEVICE, REDUCTIONS } from './device.js';
import { HOST } from '../javascript/host.js';
import { access, literal, numberText, type Names } from '../javascript/names.js';
import { nounFor } from '../javascript/nouns.js';

export interface Statements {
  readonly lines: readonly string[];
  /** The text of each output, in order. */
  readonly outputs: readonly string[];
}
/** How the statements name things. */
export interface Naming {
  readonly names: Names;
  /** The local variable of each parameter. */
  readonly paramName: (name: string) => string;
}

const STAGE_COMMENTS: Readonly<Record<Stage, string>> = {
  setup: '// From data alone.',
  rows: '// Tokens, down to numbers per rollout.',
  combine: '// Rollouts, groups, batch.',
  tokens: '// Back to the tokens.',
};

/** Longer texts get a variable, so that no line says too much. */
const INLINE_LIMIT = 72;

export function statementsFor(plan: Plan, naming: Naming): Statements {
  const texts: string[] = [];
  const variables = new Map<number, string>();
  const lines: string[] = [];
  let stage: Stage | undefined;
  const coarse = coarseOperands(plan);
  plan.steps.forEach((step, at) => {
    const operands = step.operands.map((operand) => readText(plan.steps[operand], texts[operand], step));
    const hosts = step.operands.map((operand) => isHostStep(plan.steps[operand]));
    const isCoarse = step.operands.map((operand) => coarse.has(operand));
    const text = coarse.has(at)
      ? (operands[0] ?? '')
      : step.kind === 'lift'
        ? liftText(step, operands, hosts)
        : (byGroupText(step, operands, isCoarse) ?? computeText(step, operands, hosts, naming));
    if (coarse.has(at) || isInline(step, text)) {
      texts.push(text);
      return;
    }
    if (step.stage !== stage) lines.push(STAGE_COMMENTS[step.stage]);
    stage = step.stage;
    const name = naming.names.fresh(wantedName(step, plan.steps));
    lines.push(`const ${name} = ${unwrapped(text)};`);
    texts.push(name);
    variables.set(at, name);
    const over = plan.steps.flatMap((one, index) => {
      const variable = variables.get(index);
      return variable !== undefined && one.lastUse === at && index < at && isWide(one) ? [variable] : [];
    });
    if (over.length > 0) lines.push(`release(layout, ${over.join(', ')});`);
  });
  return { lines, outputs: plan.outputs.map(({ step }) => readText(plan.steps[step], texts[step])) };
}

/** What depends on group sizes is written for one size; anything else reads it as a tensor. */
function readText(step: Step | undefined, text = '', reader?: Step): string {
  if (!isOfSizes(step) || isOfSizes(reader)) return text;
  if (text === SIZE) return 'layout.groupSizes';
  return `layout.perGroup(${literal(unwrapped(text))}, (${SIZE}) => ${unwrapped(text)})`;
}
const SIZE = 'size';
const isOfSizes = (step: Step | undefined): boolean => step?.kind === 'compute' && step.place === 'sizes';

const ARITHMETIC: readonly string[] = ['add', 'sub', 'mul', 'div'];

/** The lifts that are not made: of group values that meet one rollout value in arithmetic, and nothing else. */
function coarseOperands({ steps }: Plan): ReadonlySet<number> {
  const isCoarse = (step: Step | undefined): boolean =>
    step?.kind === 'lift' && step.node.type.level === 'group' && step.to === 'rollout' && step.uses === 1;
  const isFine = (step: Step | undefined): boolean =>
    step?.kind === 'compute' && step.place === 'device' && step.node.type.level === 'rollout';
  return new Set(
    steps.flatMap((reader) => {
      if (reader.kind !== 'compute' || !ARITHMETIC.includes(reader.node.op)) return [];
      if (!reader.operands.some((operand) => isFine(steps[operand]))) return [];
      return reader.operands.filter((operand) => isCoarse(steps[operand]));
    }),
  );
}

/** Arithmetic on a value per rollout and one per group, where one operand is coarse. */
function byGroupText(
  { node }: Compute,
  operands: readonly string[],
  isCoarse: readonly boolean[],
): string | undefined {
  if (!isCoarse.includes(true)) return undefined;
  return `byGroup(tf.${node.op}, ${operands.join(', ')}, layout${isCoarse[0] === true ? `, 'x'` : ''})`;
}

const isHostStep = (step: Step | undefined): boolean => step?.kind === 'compute' && step.place === 'host';

/** Whether the step makes one value per token, which is worth freeing early. */
const isWide = (step: Step): boolean =>
  step.kind === 'lift' ? step.to === 'token' : step.node.type.level === 'token';

/** An input as it is: it belongs to the caller, and is never freed here. */
const isGivenTensor = (step: Step): boolean =>
  step.kind === 'compute' &&
  step.node.op === 'input' &&
  (step.node.type.level === 'token' || step.node.type.level === 'batch');

/** Whether a token stands somewhere: the layout keeps that, and it is never freed here. */
const isPlaceStep = ({ kind, node }: Step): boolean =>
  kind === 'compute' && node.op === 'shift' && isPlace(node);

function isInline(step: Step, text: string): boolean {
  if (/^layout(\.peers)?\.\w+$/.test(text) || isPlaceStep(step) || isGivenTensor(step) || isOfSizes(step))
    return true;
  if (step.kind === 'compute' && step.place === 'host') return step.uses <= 1 || /^[-\w.]+$/.test(text);
  if (isWide(step) || (step.kind === 'compute' && 'from' in step.node && step.node.from === 'token'))
    return false;
  return (
    step.uses <= 1 && text.length <= INLINE_LIMIT && !(step.kind === 'compute' && step.node.op === 'input')
  );
}

const unwrapped = (text: string): string => (/^\([^()]*\)$/.test(text) ? text.slice(1, -1) : text);

function wantedName(step: Step, steps: readonly Step[]): string {
  const operand = steps[step.operands[0] ?? -1];
  const isSwap = step.kind === 'compute' && step.node.op === 'swap' && operand !== undefined;
  if (isSwap) return `${wantedName(operand, steps)}_of_others`;
  const base = step.name ?? nounFor(step.node);
  return step.kind === 'lift' ? `${base}_per_${step.to}` : base;
}

function liftText({ node, to, need }: Lift, operands: readonly string[], hosts: readonly boolean[]): string {
  const [x = ''] = operands;
  const isNumber = hosts[0] === true;
  const value = isNumber && node.type.kind === 'bool' ? `tf.scalar(${x}, 'bool')` : x;
  if (to === 'token' || to === 'peer') {
    const table = to === 'token' ? 'layout' : 'layout.peers';
    if (node.op === 'const' && node.value.equals(0)) return `${table}.zeros`;
    const lifted = need === 'full' ? 'widened' : need === 'spread' ? 'spread' : 'spreadFactor';
    return `${lifted}(${value}, layout${to === 'token' ? '' : ", 'peer'"})`;
  }
  if (node.type.level === 'group')
    return `${node.type.kind === 'tag' ? 'tagToRollouts' : 'toRollouts'}(${value}, layout)`;
  return `repeated(${value}, ${to === 'rollout' ? 'layout.rollouts' : 'layout.groups'})`;
}

function computeText(
  step: Compute,
  operands: readonly string[],
  hosts: readonly boolean[],
  naming: Naming,
): string {
  const { node } = step;
  const onHost = step.place !== 'device';
  const templates = onHost ? HOST : DEVICE;
  // Two minus signs in a row would be another operator.
  const tensors = onHost
    ? operands.map((text) => (text.startsWith('-') ? `(${text})` : text))
    : operands.map((text, at) => tensorText(text, hosts[at] === true, node, at));
  const [x = '', y = '', z = ''] = tensors;
  if (isUnary(node)) return templates.unary[node.op](x);
  if (isBinary(node)) return templates.binary[node.op](x, y, node.x.type.kind, step.hinted ? z : undefined);
  if (isTernary(node)) {
    if (!onHost && node.op === 'select' && hosts[0] === true)
      return `tf.clone(${operands[0] ?? ''} ? ${y} : ${z})`;
    return templates.ternary[node.op](x, y, z, node.type.kind);
  }
  if (onHost && isGroupSize(node)) return SIZE;
  switch (node.op) {
    case 'const':
      return numberText(toDouble(node.value));
    case 'inf':
      return node.negative ? '-Infinity' : 'Infinity';
    case 'pi':
      return 'Math.PI';
    case 'bool':
      return String(node.value);
    case 'input':
      return node.role === 'param' ? naming.paramName(node.name) : inputText(node);
    case 'named':
      return x;
    case 'swap':
      return REDUCTIONS.swap(x, node.x.type.level === 'peer' ? 'peer' : 'rollout');
    case 'attains':
      return REDUCTIONS.attains(node.extreme, {
        set: `${node.from} in ${node.to}`,
        x,
        where: tensors[1],
        beside: undefined,
      });
    case 'scan':
      return ALONG.scan(node.direction, x, node.gamma && y);
    case 'shift':
      if (isPlace(node)) return ALONG.place(node.by);
      return ALONG.shift(x, node.by, node.type.kind === 'bool' ? undefined : y);
    case 'reduce': {
      const set = `${node.from} in ${node.to}`;
      if (isSize(node)) return node.from === 'rollout' ? 'layout.rollouts' : 'layout.groups';
      const where = node.where === undefined ? undefined : tensors[1];
      const isAlone = node.anchor === undefined && node.q === undefined;
      const beside = isAlone ? undefined : tensors[node.where === undefined ? 1 : 2];
      if (node.reduce === 'sum' && isOne(node.x)) return REDUCTIONS.count(set, where);
      if (node.reduce === 'any' && node.x.op === 'bool' && node.x.value && where === undefined)
        return `tf.greater(${REDUCTIONS.count(set, undefined)}, 0)`;
      return REDUCTIONS.reduce[node.reduce]({ set, x, where, beside });
    }
  }
}

function inputText({ name, role, type: { level } }: Input): string {
  const given = access('batch', name);
  const text = role === 'tag' ? `idsOf(${given}, ${literal(name)})` : given;
  return level === 'rollout' || level === 'group' ? `column(${text})` : text;
}

/** A condition on the host as an operand of a kernel; numbers may stand as they are. */
function tensorText(text: string, isHost: boolean, node: Expr, at: number): string {
  if (!isHost || (node.op === 'select' && at === 0)) return text;
  const filler = node.op === 'select' && at > 0 && (at === 1 ? node.y : node.z);
  if (filler !== false && (filler.op === 'const' || filler.op === 'inf')) {
    const { level } = node.type;
    if (level === 'group' || level === 'rollout') return `layout.filled(${text}, layout.${level}s)`;
  }
  const isCondition =
    node.op === 'and' ||
    node.op === 'or' ||
    ((node.op === 'eq' || node.op === 'ne') && node.x.type.kind === 'bool') ||
    (node.op === 'select' && node.type.kind === 'bool');
  return isCondition ? `tf.scalar(${text}, 'bool')` : text;
}
