/** The builder of function bodies: what it prints, and that constants arrive bit by bit. */
import { expect, test } from 'vitest';
import { emptyCode, numberText } from '../../../src/emit/wasm/code.js';
import {
  choose,
  f32x4,
  get,
  multiplyAdd,
  multiplySubtract,
  set,
  shuffle,
} from '../../../src/emit/wasm/instructions.js';
import { bitsOf, randomWords, SPECIAL } from './operands.js';
import { vectorModule, VARIANTS } from './vector-module.js';

test('declarations, constants and lines, in this order; a constant once', () => {
  const code = emptyCode({ relaxed: false });
  const at = code.local('i32');
  code.block('loop $again', () => {
    const x = code.let('v128', `(v128.load ${get(at)})`);
    const y = code.let('v128', f32x4.add(f32x4.mul(get(x), code.splat(2)), code.splat(2)));
    code.line(`(v128.store ${get(at)} ${get(y)})`);
    code.block('if (i32.eqz (i32.const 0))', () => code.line('(then (br $again))'));
  });
  expect(code.text()).toBe(`(local $v0 i32)
(local $v1 v128)
(local $v2 v128)
(local $v3 v128)
(local.set $v2 (v128.const f32x4 2 2 2 2))
(loop $again
  (local.set $v1 (v128.load (local.get $v0)))
  (local.set $v3 (f32x4.add (f32x4.mul (local.get $v1) (local.get $v2)) (local.get $v2)))
  (v128.store (local.get $v0) (local.get $v3))
  (if (i32.eqz (i32.const 0))
    (then (br $again))
  )
)`);
});

test('an empty body is no text', () => {
  expect(emptyCode({ relaxed: false }).text()).toBe('');
});

test('the same calls print the same text, and two builders do not know each other', () => {
  const [one, other] = [emptyCode({ relaxed: true }), emptyCode({ relaxed: true })];
  for (const code of [one, other]) code.line(set(code.let('f64', '(f64.const 1)'), '(f64.const 2)'));
  expect(one.text()).toBe(other.text());
});

test('numbers and bits of one value are different constants', () => {
  const code = emptyCode({ relaxed: false });
  const all = [
    code.splat(1),
    code.splatBits(1),
    code.splatDouble(1),
    code.splat(0),
    code.splat(-0),
    code.splat(NaN),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(code.splatBits(0x80000000)).toBe(code.splatBits(-(2 ** 31)));
  expect(code.splat(0.1)).toBe(code.splat(Math.fround(0.1)));
});

test.each([
  [0, '0'],
  [-0, '-0'],
  [NaN, 'nan'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [1e-45, '1e-45'],
  [3.4028234663852886e38, '3.4028234663852886e+38'],
])('%d is written %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test('products are added, and lanes chosen, by one instruction with relaxed SIMD', () => {
  const [plain, relaxed] = [emptyCode({ relaxed: false }), emptyCode({ relaxed: true })];
  expect(multiplyAdd(plain, 'x', 'y', 'z')).toBe('(f32x4.add (f32x4.mul x y) z)');
  expect(multiplySubtract(plain, 'x', 'y', 'z')).toBe('(f32x4.sub z (f32x4.mul x y))');
  expect(multiplyAdd(relaxed, 'x', 'y', 'z', 'f64x2')).toBe('(f64x2.relaxed_madd x y z)');
  expect(multiplySubtract(relaxed, 'x', 'y', 'z')).toBe('(f32x4.relaxed_nmadd x y z)');
  expect(choose(plain, 'mask', 'x', 'y')).toBe('(v128.bitselect x y mask)');
  expect(choose(relaxed, 'mask', 'x', 'y')).toBe('(i32x4.relaxed_laneselect x y mask)');
  expect(shuffle('x', 'y', [3, 0, 7, 4])).toBe(
    '(i8x16.shuffle 12 13 14 15 0 1 2 3 28 29 30 31 16 17 18 19 x y)',
  );
});

test.each(VARIANTS)('a splatted constant has the bits of the nearest float32: $name', async (variant) => {
  const next = randomWords(3);
  const random = Array.from({ length: 40 }, next);
  const some = [
    ...SPECIAL.filter((_, at) => at % 997 === 0),
    ...random,
    ...[0, -0, Infinity, 0.1, 1e300].map(bitsOf),
  ];
  for (const bits of some) {
    const [value = NaN] = new Float32Array(new Int32Array([bits]).buffer);
    const { output, run } = await vectorModule((code) => code.let('v128', code.splat(value)), 1, variant, 4);
    run(1);
    expect([...output]).toEqual([value, value, value, value]);
  }
});
