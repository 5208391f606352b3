/** Which argument of a scan is which: x comes first, the others go by position where they may, and by their names. */
import type { Scan, ScanParameter } from '../atoms/atom.js';
import type { Argument, Name } from '../syntax/ast.js';

export interface ScanArguments {
  readonly x: Argument | undefined;
  /** By the name of the parameter; the first of two with one label wins. */
  readonly named: ReadonlyMap<string, Argument>;
  /** Labels that the scan lacks, and those that were given before. */
  readonly unknown: readonly Name[];
  readonly repeated: readonly Name[];
  /** Arguments without a label beyond those that may go without. */
  readonly surplus: readonly Argument[];
}

export function scanArguments({ params }: Scan, args: readonly Argument[]): ScanArguments {
  const named = new Map<string, Argument>();
  const unknown: Name[] = [];
  const repeated: Name[] = [];
  for (const one of args) {
    if (one.label === undefined) continue;
    const name = one.label.text;
    if (!params.some((param) => param.name === name)) unknown.push(one.label);
    else if (named.has(name)) repeated.push(one.label);
    else named.set(name, one);
  }
  const [x, ...plain] = args.filter(({ label }) => label === undefined);
  const isOpen = ({ name, labelled }: ScanParameter): boolean => !labelled && !named.has(name);
  for (const { name } of params.filter(isOpen)) {
    const next = plain.shift();
    if (next !== undefined) named.set(name, next);
  }
  return { x, named, unknown, repeated, surplus: plain };
}
