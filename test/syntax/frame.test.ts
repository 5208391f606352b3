/** Frames: the look of style.md §5, and text that terminals show in its own way. */
import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { Diagnostic, Label } from '../../src/base/diagnostic.js';
import { renderFrame } from '../../src/base/frame.js';
import { source } from '../../src/base/source.js';
import { frames } from './render.js';

const at = (text: string, part: string, label: string): Label => {
  const start = text.indexOf(part);
  return { span: { start, end: start + part.length }, text: label };
};
const about = (primary: Label, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'E0301',
  severity: 'error',
  title: 'a title',
  primary,
  secondary: [],
  notes: [],
  ...more,
});
const render = (text: string, diagnostic: Diagnostic): string =>
  renderFrame(source('a.obj', text), diagnostic);

test('the example of the style guide, to the letter', () => {
  const text =
    'objective mine {\n  model ratio : token\n  data advantage : token\n  param eps_low in (0, 1)\n  param eps_high in (0, 1)\n  let surrogate = clip(ratio, 1 - eps_low, 1 + eps_high * advantage\n}\n';
  expect(frames(text, 'objectives/mine.obj')).toBe(`error[E0104]: unclosed call to \`clip\`
  ┌─ objectives/mine.obj:6:68
6 │   let surrogate = clip(ratio, 1 - eps_low, 1 + eps_high * advantage
  │                       - opened here
  │                                                                    ^ expected \`)\` or \`,\`
`);
});

test('labels on several lines, notes and a hint', () => {
  const text = `${'\n'.repeat(7)}  let surrogate = ratio\n\n  maximize surrogate\n`;
  const diagnostic = about(at(text, 'maximize', 'expected a number'), {
    secondary: [at(text, 'surrogate', 'one value per token')],
    notes: ['targets: tfjs', 'witness: x = 1'],
    hint: 'sum it',
  });
  expect(render(text, diagnostic)).toBe(`error[E0301]: a title
   ┌─ a.obj:10:3
 8 │   let surrogate = ratio
   │       --------- one value per token
10 │   maximize surrogate
   │   ^^^^^^^^ expected a number
   = note: targets: tfjs
   = witness: x = 1
   = hint: sum it`);
});

test('tabs, wide and combining characters keep marks under their text', () => {
  expect(render('\tlet x', about(at('\tlet x', 'let', 'here')))).toContain('1 │     let x\n  │     ^^^ here');
  expect(render('中文 = x', about(at('中文 = x', '=', 'here')))).toContain('1 │ 中文 = x\n  │      ^ here');
  expect(render('中文', about(at('中文', '文', 'here')))).toContain('  │   ^^ here');
  expect(render('e\u0301 = x', about(at('e\u0301 = x', '=', 'here')))).toContain('  │   ^ here');
  expect(render('𝜏 = x', about(at('𝜏 = x', '=', 'here')))).toContain('a.obj:1:3\n');
});

test('control characters never reach a terminal', () => {
  const shown = render('let \u001b[31m\u202e x', about({ span: { start: 0, end: 3 }, text: '' }));
  expect(shown).toContain('1 │ let \ufffd[31m\ufffd x\n  │ ^^^');
});

test('a long line is cut around its mark, an empty span is one mark, a span over lines ends with its first', () => {
  const long = `${'a '.repeat(500)}HERE${' b'.repeat(500)}`;
  const lines = render(long, about(at(long, 'HERE', 'x'))).split('\n');
  expect(lines[2]?.length).toBeLessThan(170);
  expect(lines[3]?.indexOf('^')).toBe(lines[2]?.indexOf('HERE'));
  expect(render('ab', about({ span: { start: 2, end: 2 }, text: 'end' }))).toContain('  │   ^ end');
  expect(render('ab\ncd', about({ span: { start: 1, end: 5 }, text: 'all' }))).toContain(
    '1 │ ab\n  │  ^ all',
  );
  expect(render('', about({ span: { start: 0, end: 0 }, text: 'empty' }))).toContain('1 │\n  │ ^ empty');
});

test('colour comes from the palette alone', () => {
  const text = 'let x';
  const diagnostic = about(at(text, 'let', 'here'));
  expect(renderFrame(source('a.obj', text), diagnostic, pc.createColors(true))).toContain(
    '\u001b[31merror[E0301]\u001b[39m',
  );
  expect(renderFrame(source('a.obj', text), diagnostic, pc.createColors(false))).toBe(
    render(text, diagnostic),
  );
});
