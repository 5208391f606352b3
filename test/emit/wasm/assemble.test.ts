/** Text to bytes: valid modules, mistakes with their line, and the module that asks for relaxed SIMD. */
import { expect, test } from 'vitest';
import { assemble } from '../../../src/emit/wasm/assemble.js';
import { RELAXED_PROBE } from '../../../src/emit/wasm/relaxed.js';
import { engine, hasRelaxed, runsRelaxed } from './engine.js';

const MADD = '(f32x4.relaxed_madd (local.get 0) (local.get 0) (local.get 0))';
const PROBE = `(module (func (param v128) (result v128) ${MADD}))`;

test('a module runs', async () => {
  const bytes = await assemble('(module (func (export "seven") (result i32) (i32.const 7)))', {
    relaxed: false,
  });
  const { instance } = await engine.instantiate(bytes, {});
  expect((instance.exports as { readonly seven: () => number }).seven()).toBe(7);
});

test('same text, same bytes, also at the same time; the bytes are a copy', async () => {
  const text = '(module (func $name (export "f") (param $x f32) (result f32) (local.get $x)))';
  const all = await Promise.all(Array.from({ length: 5 }, () => assemble(text, { relaxed: false })));
  const [first] = all;
  for (const one of all) expect(one).toEqual(first);
  expect(first?.buffer.byteLength).toBe(first?.length);
  // Names of locals and functions are not carried along.
  expect(new TextDecoder('latin1').decode(first)).not.toContain('name');
});

test.each([
  ['(module\n  (func (i32.konst 1)))', 'unexpected token "i32.konst"', '2 |   (func (i32.konst 1)))'],
  ['(module\n  (func (result i32)\n    (f32.const 1)))', 'type mismatch', '3 |     (f32.const 1)))'],
  ['(module (func (local.set $none (i32.const 1))))', 'undefined local variable "$none"', '1 | (module'],
  ['(module\n\n(func)', 'unexpected token', '3 | (func)'],
  [`${PROBE}`, 'opcode not allowed: f32x4.relaxed_madd', '1 | (module'],
])('%s is an internal error that quotes the line', async (text, complaint, line) => {
  const failure: unknown = await assemble(text, { relaxed: false }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  const { message } = failure as Error;
  expect(message).toMatch(/^internal: a WebAssembly module is wrong: /);
  expect(message).toContain(complaint);
  expect(message).toContain(line);
});

test('after a mistake the next module is assembled', async () => {
  await expect(assemble('(module', { relaxed: false })).rejects.toThrow('internal');
  await expect(assemble('(module)', { relaxed: false })).resolves.toHaveLength(8);
});

test('the probe is the module of one relaxed instruction, and nothing but that instruction decides', async () => {
  expect([...(await assemble(PROBE, { relaxed: true }))]).toEqual(RELAXED_PROBE);
  const plain = PROBE.replace(MADD, '(f32x4.add (local.get 0) (local.get 0))');
  expect(engine.validate(await assemble(plain, { relaxed: false }))).toBe(true);
  const [major = 0] = process.versions.node.split('.').map(Number);
  expect(hasRelaxed).toBe(major >= 22);
  expect(runsRelaxed).toBe(true);
});
