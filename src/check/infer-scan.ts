/** The type of a scan along a rollout: a number at each token. */
import type { Scan, ScanParameter } from '../atoms/atom.js';
import type { Type } from '../ir/type.js';
import type { Argument, Reduction } from '../syntax/ast.js';
import { quoted, type Context } from './context.js';
import { demand } from './infer.js';
import { integerLiteral } from './literals.js';
import { describeArgumentCount } from './rules/argument-count.js';
import { describeArgumentLabel, describeLabelTwice } from './rules/argument-label.js';
import { describeMissingLabel } from './rules/missing-label.js';
import { describeScanArgumentLevel } from './rules/scan-argument-level.js';
import { describeScanCondition } from './rules/scan-condition.js';
import { describeScanLevel } from './rules/scan-level.js';
import { describeScanOuter } from './rules/scan-outer.js';
import { describeShiftDistance } from './rules/shift-distance.js';
import { scanArguments, type ScanArguments } from './scan-arguments.js';

export function inferScan(scan: Scan, reduction: Reduction, context: Context): Type | undefined {
  const args = scanArguments(scan, reduction.args);
  const isIndexRight = checkIndex(scan, reduction, args, context);
  const isComplete = checkPresence(scan, args, reduction, context);
  if (args.x !== undefined) demand('real', args.x.value, context);
  const areRight = scan.params.map((param) => {
    const found = args.named.get(param.name);
    return found === undefined || checkParameter(scan, param, found, context);
  });
  const isNumber = args.x !== undefined && context.types.get(args.x.value)?.kind === 'real';
  return isIndexRight && isComplete && isNumber && !areRight.includes(false)
    ? { kind: 'real', level: 'token' }
    : undefined;
}

function checkIndex(
  { name }: Scan,
  { index, where, indexSpan }: Reduction,
  { x }: ScanArguments,
  context: Context,
): boolean {
  // The others of a rollout are rollouts.
  const level = index.kind === 'others' ? 'rollout' : index.level;
  if (index.kind === 'others' || level !== 'token') {
    context.report(describeScanLevel(name, level, indexSpan));
    return false;
  }
  const { outer } = index;
  if (outer !== undefined) context.report(describeScanOuter(name, outer.span));
  if (where !== undefined) {
    const [condition, argument] = [quoted(where, context, 'c'), x ? quoted(x.value, context) : 'x'];
    const instead = `if ${condition} then ${argument} else 0`;
    context.report(describeScanCondition(name, where.span, instead));
  }
  return outer === undefined && where === undefined;
}

/** Whether every argument is there, once, and nothing else. */
function checkPresence(scan: Scan, args: ScanArguments, reduction: Reduction, context: Context): boolean {
  const { name, params } = scan;
  for (const label of args.unknown) {
    const open = params.filter((param) => !args.named.has(param.name));
    context.report(
      describeArgumentLabel(
        name,
        label,
        open.map((param) => param.name),
      ),
    );
  }
  for (const label of args.repeated) context.report(describeLabelTwice(label));
  if (args.unknown.length + args.repeated.length > 0) return false;
  const lacking = params.filter((param) => !args.named.has(param.name));
  if (args.x !== undefined && lacking.length === 0 && args.surplus.length === 0) return true;
  if (reduction.args.some(({ value }) => value.kind === 'missing')) return false;
  const example = `write \`${exampleOf(scan, args, context)}\``;
  const labels = lacking.filter(({ labelled }) => labelled).map((param) => param.name);
  if (args.x !== undefined && labels.length > 0) {
    context.report(describeMissingLabel(name, labels, reduction.span, example));
    return false;
  }
  const expected = `${1 + params.length}`;
  context.report(describeArgumentCount(name, expected, reduction.args.length, reduction.span, example));
  return false;
}

/** How it is written, with the arguments that are there in their places. */
function exampleOf({ name, params }: Scan, { x, named, surplus }: ScanArguments, context: Context): string {
  const rest = [...surplus];
  const texts = params.map((param) => {
    const found = named.get(param.name) ?? rest.shift();
    const standIn = param.kind === 'integer literal' ? '1' : param.labelled ? '0' : param.name;
    const text = found === undefined ? standIn : quoted(found.value, context, standIn);
    return param.labelled ? `${param.name}: ${text}` : text;
  });
  return `${name}[token](${[x === undefined ? 'x' : quoted(x.value, context), ...texts].join(', ')})`;
}

function checkParameter(
  { name }: Scan,
  param: ScanParameter,
  { value }: Argument,
  context: Context,
): boolean {
  if (param.kind === 'integer literal') {
    if (value.kind === 'missing' || integerLiteral(value) !== undefined) return value.kind !== 'missing';
    context.report(describeShiftDistance(name, param.name, value.span));
    return false;
  }
  demand('real', value, context);
  const type = context.types.get(value);
  if (type?.kind !== 'real') return false;
  if (type.level !== 'token') return true;
  const hint = `reduce it first, e.g. \`mean[token](${quoted(value, context, param.name)})\``;
  context.report(describeScanArgumentLevel(name, param.name, value.span, hint));
  return false;
}
