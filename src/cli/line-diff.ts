/** The difference of two texts, line by line, as `diff -u` writes it and `patch` reads it. */

/** Lines with their ends; only the last may have none. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

interface Range {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}
type Pair = readonly [number, number];

/** Lines that occur once in each range, as pairs in the order of the first text. */
function uniquePairs(
  before: readonly string[],
  after: readonly string[],
  { from, to }: Range,
): readonly Pair[] {
  const places = (lines: readonly string[], start: number, end: number): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (let at = start; at < end; at += 1) {
      const line = lines[at] ?? '';
      found.set(line, found.has(line) ? -1 : at);
    }
    return found;
  };
  const [old, young] = [places(before, from[0], to[0]), places(after, from[1], to[1])];
  return [...old].flatMap(([line, at]): readonly Pair[] => {
    const other = young.get(line) ?? -1;
    return at < 0 || other < 0 ? [] : [[at, other]];
  });
}

/** The longest part of some pairs that is in the order of both texts. */
function inBothOrders(pairs: readonly Pair[]): readonly Pair[] {
  const piles: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, place], index) => {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[piles[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (piles[low - 1] ?? -1);
    piles[low] = index;
  });
  const chosen: Pair[] = [];
  for (let index = piles[piles.length - 1] ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) chosen.push(pair);
  }
  return chosen.reverse();
}

/** Pairs of lines that stay: those at both ends, and between the lines that occur once the same again. */
function keptPairs(before: readonly string[], after: readonly string[]): readonly Pair[] {
  const kept: Pair[] = [];
  const open: Range[] = [{ from: [0, 0], to: [before.length, after.length] }];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    let [a, b] = range.from;
    let [endA, endB] = range.to;
    while (a < endA && b < endB && before[a] === after[b]) kept.push([a++, b++]);
    while (a < endA && b < endB && before[endA - 1] === after[endB - 1]) kept.push([--endA, --endB]);
    const anchors = inBothOrders(uniquePairs(before, after, { from: [a, b], to: [endA, endB] }));
    if (anchors.length === 0) continue;
    for (const [index, pair] of [...anchors, [endA, endB] as const].entries()) {
      open.push({ from: anchors[index - 1] ?? [a, b], to: pair });
    }
  }
  return kept.sort(([a], [b]) => a - b);
}

const CONTEXT = 3;

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
  /** How many lines of each text come before it. */
  readonly at: Pair;
}

function editsOf(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [a, b] = [0, 0];
  for (const [endA, endB] of [...keptPairs(before, after), [before.length, after.length] as const]) {
    for (; a < endA; a += 1) edits.push({ sign: '-', line: before[a] ?? '', at: [a, b] });
    for (; b < endB; b += 1) edits.push({ sign: '+', line: after[b] ?? '', at: [a, b] });
    const line = before[a];
    if (line !== undefined) edits.push({ sign: ' ', line, at: [a++, b++] });
  }
  return edits;
}

/** The changed lines with those around them, in groups that do not touch. */
function hunksOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const hunks: (readonly [number, number])[] = [];
  edits.forEach(({ sign }, at) => {
    if (sign === ' ') return;
    const [start, end] = [Math.max(0, at - CONTEXT), Math.min(edits.length, at + CONTEXT + 1)];
    const last = hunks[hunks.length - 1];
    if (last !== undefined && start <= last[1]) hunks[hunks.length - 1] = [last[0], end];
    else hunks.push([start, end]);
  });
  return hunks.map(([start, end]) => edits.slice(start, end));
}

function hunkText(hunk: readonly Edit[]): string {
  const place = (side: 0 | 1, other: '-' | '+'): string => {
    const count = hunk.filter(({ sign }) => sign !== other).length;
    const first = (hunk[0]?.at[side] ?? 0) + (count === 0 ? 0 : 1);
    return count === 1 ? String(first) : `${first},${count}`;
  };
  const lines = hunk.map(({ sign, line }) =>
    line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${place(0, '+')} +${place(1, '-')} @@\n${lines.join('')}`;
}

/** The unified difference; empty where the texts are the same. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const hunks = hunksOf(editsOf(linesOf(before), linesOf(after))).map(hunkText);
  return `--- ${name}\n+++ ${name}\n${hunks.join('')}`;
}
