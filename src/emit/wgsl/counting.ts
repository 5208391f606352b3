/**
 * Order statistics in WGSL, by counting: real numbers as whole ones in the same order, whose 32 bits are found in four
 * digits of eight, the highest first. In each pass the elements that have the digits found so far are counted by their next
 * one. Counts are whole numbers, so that the order in which lanes and workgroups count is of no consequence.
 */

/** Passes over the elements. */
export const PASSES = 4;
const DIGITS = 256;

/**
 * `bins` of one ordering of all tokens: how many are no numbers; the complement of the least key beyond those that have all
 * digits but the last, or 0; and the counts of the first digit, of the second, ….
 */
export const BINS_OF_ONE = 2 + PASSES * DIGITS;

/** What a workgroup counts, in its own memory; with the same 256 counts in 16 sums. */
const TEXT = `var<workgroup> counts: array<atomic<u32>, ${DIGITS}>;
var<workgroup> sums: array<u32, 16>;
var<workgroup> unknown: atomic<u32>;
var<workgroup> beyond: atomic<u32>;

struct Order {
  // How many elements are numbers, and how many are none.
  size: u32,
  unknown: u32,
  // The digits found so far of the element below the quantile, and its place among those that have them.
  key: u32,
  place: u32,
  // The element after it, and how far towards that the quantile lies.
  next: u32,
  share: f32,
}

// Whole numbers in the order of real ones; −0 comes before 0.
fn key_of(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

fn number_of(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key & 0x7fffffffu, key >= 0x80000000u));
}

fn is_share(q: f32) -> bool {
  return !is_nan(q) && q >= 0.0 && q <= 1.0;
}

fn shift_of(turn: u32) -> u32 {
  return 24u - 8u * turn;
}

fn clear_counts(lane: u32) {
  for (var digit = lane; digit < ${DIGITS}u; digit += LANES) { atomicStore(&counts[digit], 0u); }
  if (lane == 0u) {
    atomicStore(&unknown, 0u);
    atomicStore(&beyond, 0u);
  }
  workgroupBarrier();
}

fn count_one(x: f32, found: u32, turn: u32) {
  if (is_nan(x)) {
    if (turn == 0u) { atomicAdd(&unknown, 1u); }
    return;
  }
  let key = key_of(x);
  let shift = shift_of(turn);
  // In the first turn no digit is known, and a shift by 32 is none.
  if ((key & ((0xffffffffu << shift) << 8u)) == found) {
    atomicAdd(&counts[(key >> shift) & 255u], 1u);
  } else if (turn == ${PASSES - 1}u && key > found) {
    atomicMax(&beyond, ~key);
  }
}

// One digit more, when all elements are counted; the same in all lanes.
fn narrowed(lane: u32, before: Order, q: f32, turn: u32) -> Order {
  workgroupBarrier();
  for (var at = lane; at < 16u; at += LANES) {
    var sum = 0u;
    for (var digit = 16u * at; digit < 16u * at + 16u; digit += 1u) { sum += atomicLoad(&counts[digit]); }
    sums[at] = sum;
  }
  workgroupBarrier();
  var found = before;
  if (turn == 0u) {
    for (var at = 0u; at < 16u; at += 1u) { found.size += sums[at]; }
    found.unknown = atomicLoad(&unknown);
    let last = max(found.size, 1u) - 1u;
    let place = select(0.0, q, is_share(q)) * f32(last);
    found.place = min(u32(floor(place)), last);
    found.share = place - floor(place);
  }
  var at = 0u;
  while (at < 15u && found.place >= sums[at]) {
    found.place -= sums[at];
    at += 1u;
  }
  var digit = 16u * at;
  while (digit < 16u * at + 15u && found.place >= atomicLoad(&counts[digit])) {
    found.place -= atomicLoad(&counts[digit]);
    digit += 1u;
  }
  if (turn == ${PASSES - 1}u) {
    found.next = found.key | digit;
    if (found.place + 1u >= atomicLoad(&counts[digit])) {
      found.next = ~atomicLoad(&beyond);
      for (var other = ${DIGITS - 1}u; other > digit; other -= 1u) {
        if (atomicLoad(&counts[other]) > 0u) { found.next = found.key | other; }
      }
    }
  }
  found.key |= digit << shift_of(turn);
  workgroupBarrier();
  return found;
}

// What the elements come to: 0 of none, and NaN where one is.
fn quantile_of(found: Order, q: f32) -> f32 {
  if (found.size + found.unknown == 0u) { return 0.0; }
  if (found.unknown > 0u || !is_share(q)) { return sizes.nan; }
  let below = number_of(found.key);
  if (found.share == 0.0) { return below; }
  return below * (1.0 - found.share) + number_of(found.next) * found.share;
}`;

/** What a kernel needs that finds order statistics. */
export const countingFor = (text: string): readonly string[] =>
  text.includes('narrowed(') || text.includes('count_one(') ? [TEXT] : [];

/** How often a workgroup has counted each digit, added to what all have; `start` is where they begin in `bins`. */
export const addedCounts = (bins: string, start: number, pass: number): readonly string[] => [
  'workgroupBarrier();',
  `for (var digit = lane; digit < ${DIGITS}u; digit += LANES) {`,
  'let count = atomicLoad(&counts[digit]);',
  `if (count > 0u) { atomicAdd(&${bins}[${start + 2 + DIGITS * pass}u + digit], count); }`,
  '}',
  'if (lane == 0u) {',
  `atomicAdd(&${bins}[${start}u], atomicLoad(&unknown));`,
  `atomicMax(&${bins}[${start + 1}u], atomicLoad(&beyond));`,
  '}',
];

/** What all workgroups have counted in a pass, each digit where `narrowed` looks. */
export const loadedCounts = (bins: string, start: number): readonly string[] => [
  `for (var digit = lane; digit < ${DIGITS}u; digit += LANES) {`,
  `atomicStore(&counts[digit], atomicLoad(&${bins}[${start + 2}u + ${DIGITS}u * turn + digit]));`,
  '}',
  'if (lane == 0u) {',
  `atomicStore(&unknown, atomicLoad(&${bins}[${start}u]));`,
  `atomicStore(&beyond, atomicLoad(&${bins}[${start + 1}u]));`,
  '}',
];
