/** Fused plans as text for a terminal: what is moved first, and then loop by loop. */
import type { BlockText, PlanText, Planned, StepText, TokensText, WaitText, Work } from './planned.js';

type Line = readonly [label: string, text: string];

const WIDTH = 11;
const line = ([label, text]: Line): string => `  ${label.padEnd(WIDTH)}${text}`;
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
/** `word a, b` on one line. */
const listing = (word: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`${word} ${values.join(', ')}`];

/** The whole report, ending in a newline. */
export function planText({ objective, plans }: Planned): string {
  return `${[`objective ${objective}`, ...plans.flatMap(onePlan)].join('\n')}\n`;
}

/** The same with a line for each. */
const stacked = (word: string, values: readonly string[]): readonly string[] =>
  values.map((value, at) => `${at === 0 ? word : ' '.repeat(word.length)} ${value}`);

function onePlan(plan: PlanText): readonly string[] {
  const { traffic, stores, blocks } = plan;
  const { walks, sorts, read, written, leastRead, leastWritten, buffers } = traffic;
  const sorted = sorts === 0 ? '' : `, and ${sorts === 1 ? 'a sort' : plural(sorts, 'sort')} of tokens`;
  const held = [...stores, ...Array.from({ length: sorts }, () => 'the list that is sorted')];
  const lines: readonly Line[] = [
    ['walks', `${walks}${sorted}`],
    ['reads', bytes(read, leastRead)],
    ['writes', bytes(written, leastWritten)],
    ['buffers', buffers === 0 ? 'none beside inputs and outputs' : `${buffers}: ${held.join(', ')}`],
  ];
  return ['', titleOf(plan), ...lines.map(line), '', ...blocks.flatMap(blockLines).map(line)];
}

function titleOf({ of, gradients, metrics }: PlanText): string {
  if (gradients.length === 0) return of;
  const by = `its ${gradients.length === 1 ? 'gradient' : 'gradients'} by ${gradients.join(', ')}`;
  if (metrics.length === 0) return `${of} and ${by}`;
  return `${of.replace(/ with metrics$/, '')}, ${by}, and the ${metrics.length === 1 ? 'metric' : 'metrics'} ${metrics.join(', ')}`;
}

function bytes(moved: number, least: number): string {
  if (moved === 0) return 'nothing per token';
  return `${plural(moved, 'byte')} per token, ${moved === least ? 'the least' : `${least} at least`}`;
}

/** A label before the first of some texts. */
const labelled = (label: string, texts: readonly string[]): readonly Line[] =>
  texts.map((text, at): Line => [at === 0 ? label : '', text]);

const LABELS = { batch: 'batch', group: 'groups', rollout: 'rollouts', pair: 'pairs' } as const;

function blockLines(block: BlockText): readonly Line[] {
  if (block.kind === 'loop')
    return labelled(LABELS[block.over], [
      ...workText({ ...block.computes, dear: {} }),
      ...stacked('reduces', block.reduces),
    ]);
  if (block.kind === 'sort') return [['sort', `${block.over}s: ${block.value}`]];
  const head = [...waitLines(block.waits), ...listing('reads', block.reads)];
  return [
    ...labelled(`walk ${block.number}`, head.length === 0 ? ['reads no token'] : head),
    ...block.steps.flatMap(stepLines),
  ];
}

const WAITS_SHOWN = 3;
function waitLines(waits: readonly WaitText[]): readonly string[] {
  const shown = waits
    .slice(0, WAITS_SHOWN)
    .map(({ value, level }) => `${value} of ${level === 'batch' ? 'the' : 'its'} ${level}`);
  const more = waits.length - shown.length;
  return stacked('waits for', more === 0 ? shown : [...shown, `${more} more`]);
}

function stepLines(step: StepText): readonly Line[] {
  if (step.kind === 'along') return [['  along', step.value]];
  return labelled(`  ${step.kind}`, step.kind === 'rollout' ? workText(step.computes) : tokenTexts(step));
}

const tokenTexts = ({ computes, reduces, keeps, stores, writes }: TokensText): readonly string[] => [
  ...workText(computes),
  ...stacked('reduces', reduces),
  ...listing('keeps near', keeps),
  ...listing('stores', stores),
  ...listing('writes the gradient by', writes),
];

function workText({ names, operations, again, dear }: Work): readonly string[] {
  if (operations === 0) return [];
  const counts = [
    plural(operations, 'operation'),
    ...Object.entries(dear).map(([op, count]) => `${count} ${op}`),
    ...(again === 0 ? [] : [`${again} computed again`]),
  ].join(', ');
  return [names.length === 0 ? counts : `${names.join(', ')} (${counts})`];
}
