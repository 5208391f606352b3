/** Walks over the tokens of each rollout, as one function of a WebAssembly module. */
import type { Along, FusedPlan, Rows } from '../../plan/fused/program.js';
import { emptyArguments, type Argument } from './arguments.js';
import { emptyCode, type CodeOptions, type Value } from './code.js';
import { get, set } from './instructions.js';
import { computeOwn, numberOf, share } from './own.js';
import { walk, type Row } from './pass.js';

export interface RowsFunction {
  /** The function, exported under a name, with `$from` and `$to`, the rollouts it walks over, before its arguments. */
  readonly text: string;
  readonly args: readonly Argument[];
}

export function rowsFunction(name: string, block: Rows, plan: FusedPlan, options: CodeOptions): RowsFunction {
  const code = emptyCode(options);
  const args = emptyArguments();
  const rollout = code.local('i32');
  const group = code.local('i32');
  const row: Row = { code, args, plan, rollout, group, numbers: new Map(), kept: new Set() };
  code.line(set(rollout, get('$from')));
  code.block('block $rolloutsEnd', () => {
    code.block('loop $rollouts', () => {
      code.line(`(br_if $rolloutsEnd (i32.ge_s ${get(rollout)} ${get('$to')}))`);
      const groupOf = get(args.of({ kind: 'layout', name: 'groupOf' }));
      code.line(set(group, `(i32.load (i32.add ${groupOf} (i32.shl ${get(rollout)} (i32.const 2))))`));
      for (const step of block.steps) {
        if (step.kind === 'tokens') walk(step, row);
        else if (step.kind === 'along') along(step, row);
        else {
          computeOwn(step.computes, row);
          for (const value of step.computes) {
            const local = row.numbers.get(value);
            if (plan.shared.has(value) && local !== undefined) share(value, local, row);
          }
        }
      }
      code.line(set(rollout, `(i32.add ${get(rollout)} (i32.const 1))`));
      code.line('(br $rollouts)');
    });
  });
  const head = `(func (export "${name}") (param $from i32) (param $to i32) ${args.declarations()}`;
  return { text: `${head}\n${code.text()})`, args: args.all() };
}

/** What the function is called with, in any target. */
export const rowsArguments = (block: Rows, plan: FusedPlan): readonly Argument[] =>
  rowsFunction('rows', block, plan, { relaxed: false }).args;

/** A running sum over a kept row, in float64, from its first token or its last. */
function along({ node }: Along, row: Row): void {
  const { code, args, rollout, kept } = row;
  const { direction, x, gamma } = node;
  const lengths = get(args.of({ kind: 'layout', name: 'lengths' }));
  const length = code.let('i32', `(i32.load (i32.add ${lengths} (i32.shl ${get(rollout)} (i32.const 2))))`);
  const factor = gamma === undefined ? undefined : numberOf(gamma, row);
  const [from, to] = [args.of({ kind: 'row', value: x }), args.of({ kind: 'row', value: node })];
  const [done, place, sum] = [code.let('i32', '(i32.const 0)'), code.local('i32'), code.local('f64')];
  code.block('block $end', () => {
    code.block('loop $tokens', () => {
      code.line(`(br_if $end (i32.ge_s ${get(done)} ${get(length)}))`);
      const index =
        direction === 'forward' ? get(done) : `(i32.sub (i32.sub ${get(length)} (i32.const 1)) ${get(done)})`;
      code.line(set(place, `(i32.shl ${index} (i32.const 2))`));
      const own: Value = `(f64.promote_f32 (f32.load (i32.add ${get(from)} ${get(place)})))`;
      const carried = factor === undefined ? get(sum) : `(f64.mul ${get(factor)} ${get(sum)})`;
      code.line(set(sum, `(select ${own} (f64.add ${own} ${carried}) (i32.eqz ${get(done)}))`));
      code.line(`(f32.store (i32.add ${get(to)} ${get(place)}) (f32.demote_f64 ${get(sum)}))`);
      code.line(set(done, `(i32.add ${get(done)} (i32.const 1))`));
      code.line('(br $tokens)');
    });
  });
  kept.add(node);
}
