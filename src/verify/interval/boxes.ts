/** Literals that contradict each other, shown by cutting the ranges of their variables into boxes: branch and bound. */
import type { Boxes } from '../../proof/derivation.js';
import { ofDouble } from '../../proof/rational.js';
import type { Literal, Variable } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { isRange, rangesOf } from './affine.js';
import { intersection, point, between, type Enclosure } from './enclosure.js';
import { share, splitPoint } from './split.js';
import { encloserOf, standsSo, variablesOf, type Encloser, type Ranges } from './term.js';

/** A leaf holds in any arithmetic whose every operation is this exact, relative to its result. */
const MARGIN = 1e-9;
/** Cuts on top of each other. */
const DEEPEST = 60;
/** At every so-manieth level the widest range is cut, however little it seems to matter. */
const WIDEST_EVERY = 4;

interface Search {
  readonly candidates: readonly Literal[];
  readonly encloser: Encloser;
  /** Those that the candidates mention. */
  readonly names: readonly string[];
  readonly budget: Budget;
}
/** What is known on a box: a literal that fails, or for each of them how far it is from failing. */
type Found = { readonly fails: Literal } | { readonly excess: number };

/**
 * A tree of boxes on each of which some literal fails, by a margin; nothing where the budget does not suffice, or where a
 * point is met at which none does.
 */
export function refuteOnBoxes(
  literals: readonly Literal[],
  variables: readonly Variable[],
  budget: Budget,
): Boxes | undefined {
  const candidates = literals.filter((literal) => !isRange(literal));
  const terms = candidates.map(({ x }) => x);
  const mentioned = variablesOf(terms);
  const names = variables.map(({ name }) => name).filter((name) => mentioned.has(name));
  const ranges = rangesOf(literals, names);
  if (ranges === undefined || candidates.length === 0) return undefined;
  const search: Search = { candidates, encloser: encloserOf(terms, MARGIN), names, budget };
  const found = look(search, ranges);
  return found === undefined ? undefined : close(search, ranges, found, 0);
}

/** Nothing where the budget is spent. */
function look({ candidates, encloser, budget }: Search, box: Ranges): Found | undefined {
  if (!budget.spend(encloser.size)) return undefined;
  const values = encloser.enclose(box);
  let excess = Infinity;
  for (const [at, literal] of candidates.entries()) {
    const value = values[at];
    if (value === undefined) continue;
    if (standsSo(literal.op, value) === false) return { fails: literal };
    excess = Math.min(excess, excessOf(literal, value));
  }
  return { excess };
}

/** How far the end has to move that keeps a literal from failing. */
function excessOf({ op }: Literal, { low, high }: Enclosure): number {
  return op === '==' ? Math.min(high, -low) : op === '!=' ? high - low : high;
}

function close(search: Search, box: Ranges, found: Found, depth: number): Boxes | undefined {
  if ('fails' in found) return { fails: found.fails };
  if (depth >= DEEPEST || holdsSomewhere(search, box)) return undefined;
  const cut = bestCut(search, box, found.excess, depth);
  if (cut === undefined) return undefined;
  const below = close(search, cut.below.box, cut.below.found, depth + 1);
  if (below === undefined) return undefined;
  const above = close(search, cut.above.box, cut.above.found, depth + 1);
  return above && { split: cut.name, at: ofDouble(cut.at), below, above };
}

/** Whether no literal fails at the middle: then none fails on any box that holds it. */
function holdsSomewhere(search: Search, box: Ranges): boolean {
  const middle = new Map(
    search.names.map((name) => {
      const range = box.get(name) ?? between(-Infinity, Infinity);
      return [name, point(splitPoint(range) ?? range.low)] as const;
    }),
  );
  const found = look(search, middle);
  return found === undefined || !('fails' in found);
}

interface Half {
  readonly box: Ranges;
  readonly found: Found;
}
interface Cut {
  readonly name: string;
  readonly at: number;
  readonly below: Half;
  readonly above: Half;
}

function bestCut(search: Search, box: Ranges, excess: number, depth: number): Cut | undefined {
  const sizeOf = (name: string): number => share(box.get(name) ?? between(-Infinity, Infinity));
  const byWidth = [...search.names].sort((a, b) => sizeOf(b) - sizeOf(a));
  const isForced = depth % WIDEST_EVERY === WIDEST_EVERY - 1;
  let best: { readonly cut: Cut; readonly gain: number } | undefined;
  for (const name of byWidth) {
    const cut = cutAt(search, box, name);
    if (cut === undefined) continue;
    if (isForced) return cut;
    const gain = gainOf(cut.below.found, excess) + gainOf(cut.above.found, excess);
    if (best === undefined || gain > best.gain) best = { cut, gain };
  }
  return best?.cut;
}

/** 1 where the half is done; otherwise the part by which it came nearer to that, which is less than ½. */
function gainOf(found: Found, before: number): number {
  if ('fails' in found) return 1;
  if (found.excess === Infinity) return 0;
  return before === Infinity ? 0.25 : Math.max(0, (before - found.excess) / (2 * before));
}

function cutAt(search: Search, box: Ranges, name: string): Cut | undefined {
  const range = box.get(name) ?? between(-Infinity, Infinity);
  const at = splitPoint(range);
  if (at === undefined) return undefined;
  const half = (part: Enclosure): Half | undefined => {
    const smaller = new Map(box).set(name, intersection(range, part));
    const found = look(search, smaller);
    return found && { box: smaller, found };
  };
  const below = half(between(-Infinity, at));
  const above = below && half(between(at, Infinity));
  return above && { name, at, below, above };
}
