/** Terms that are equal in normal form and terms that are not, in the context of some literals; and what literals decide. */
import { describe, expect, test } from 'vitest';
import { decide, extended, isAbsurd, knowledgeOf, matches } from '../../../src/verify/algebra/knowledge.js';
import { areEqual, normalize, valueOf } from '../../../src/verify/algebra/normalize.js';
import { termOfQuotient } from '../../../src/verify/algebra/written.js';
import { rationalText } from '../../../src/proof/rational.js';
import * as build from '../../../src/proof/build.js';
import { condition, term } from './read.js';

const known = (text: string): ReturnType<typeof knowledgeOf> =>
  knowledgeOf(
    text
      .split(';')
      .filter((one) => one.trim() !== '')
      .map(condition),
  );

const EQUAL: readonly (readonly [context: string, left: string, right: string])[] = [
  ['', '(a + b)^2 - (a - b)^2', '4*a*b'],
  ['', 'exp(a + b)', 'exp(a)*exp(b)'],
  ['', 'exp(2*a - b/3)', 'exp(a)^2 / exp(b)^(1/3)'],
  ['', 'exp(a*b + a)', 'exp(a)*exp(b*a)'],
  ['', '1/(1 + exp(-x))', 'exp(x)/(exp(x) + 1)'],
  ['', '(exp(2*x) - 1)/(exp(x) + 1)', 'exp(x) - 1'],
  ['', '1/(1 + exp(x)) - 1/(1 + exp(x))^2', 'exp(x)/(1 + exp(x))^2'],
  ['t != 0', 'exp((a + b)/t)', 'exp(a/t)*exp(b/t)'],
  ['t != 0', 't/t', '1'],
  ['t > 0', 'exp(log(t))', 't'],
  ['t > 0', 't^(1/2)*t^(3/2)', 't^2'],
  ['t >= 0', 't^(1/2)*t^(1/2)', 't'],
  ['t > 0; u > 0', 'log(t/u^2)', 'log(t) - 2*log(u)'],
  ['t > 0; u > 0', '(t*u)^(1/2)', 't^(1/2)*u^(1/2)'],
  ['n >= 0', 'exp((2*a + 2*b)/(1 + n))', 'exp((a + b)/(1 + n))^2'],
  ['n >= 0', 'exp(a/(1 + n))', 'exp(2*a/(2 + 2*n))'],
  ['1 - e > 0', 'log((1 - e) * exp(s))', 's + log(1 - e)'],
  ['', 'log((1 - e)^2)', 'log(1 - 2*e + e^2)'],
  ['1 - e > 0', '(e - 1)^2/(1 - e)', '1 - e'],
  ['', 'log(8/3)', '3*log(2) - log(3)'],
  ['', '12^(1/2)', '2*3^(1/2)'],
  ['', 'exp(log(5)/2)^2', '5'],
  ['', 'exp(2*log(3))', '9'],
  ['', '2^(1/2)*2^(1/3)', '2^(5/6)'],
  ['', '(1 + exp(x))^(1/2)*(1 + exp(x))^(3/2)', '(1 + exp(x))^2'],
  ['', '1/(1 + exp(x))^(1/2)', '(1 + exp(x))^(1/2)/(1 + exp(x))'],
  ['', 'log((1 + exp(x))^(1/2))', 'log(1 + exp(x))/2'],
  ['x*y > 0', '1/(x*y) * x * y', '1'],
  ['x*y > 0', 'exp(log(x*y))', 'x*y'],
  ['x/y > 0; y > 0', '(x/y)^(1/2)*(x/y)^(1/2)*y', 'x'],
  // What is said later bears on what was said before.
  ['1/(x - y) > 0; x - y > 0', '(x - y)*(1/(x - y))', '1'],
];

const DIFFERENT: readonly (readonly [context: string, left: string, right: string])[] = [
  ['', 'x/x', '1'],
  ['x >= 0', 'x/x', '1'],
  ['', '1/(2*x)', '(1/2)*(1/x)'],
  ['', '(1/x)^2', '1/x^2'],
  ['', 'exp(log(x))', 'x'],
  ['x >= 0', 'exp(log(x))', 'x'],
  ['', 'log(x*y)', 'log(x) + log(y)'],
  ['x*y > 0', 'log(x*y)', 'log(x) + log(y)'],
  ['', 'x^(1/2)*x^(1/2)', 'x'],
  ['', '(x^2)^(1/2)', 'x'],
  ['x != 0', 'log(x^2)', '2*log(x)'],
  ['', 'exp(a)*exp(b)', 'exp(a*b)'],
  ['', 'log(2)', 'log(3)'],
  ['', '2^(1/2)', '7/5'],
];

describe('normal forms', () => {
  test.each(EQUAL)('%s: %s is %s', (context, left, right) => {
    expect(areEqual(term(left), term(right), known(context))).toBe(true);
  });
  test.each(DIFFERENT)('%s: %s is not %s', (context, left, right) => {
    expect(areEqual(term(left), term(right), known(context))).toBe(false);
  });
  test.each(EQUAL)('%s: %s is what it is written as', (context, left) => {
    const knowledge = known(context);
    const written = termOfQuotient(normalize(term(left), knowledge));
    expect(areEqual(term(left), written, knowledge)).toBe(true);
  });
  test('numbers are known as such', () => {
    const value = valueOf(term('exp(log(9)/2) + (x - x)/7'), known(''));
    expect(value && rationalText(value)).toBe('3');
    expect(valueOf(term('x'), known(''))).toBeUndefined();
  });
  test('what is too large is left as it is, and says so to nobody', () => {
    const wide = build.sum(...Array.from({ length: 30 }, (_, index) => build.variable(`x${String(index)}`)));
    const power = build.power(wide, 12);
    expect(areEqual(power, build.power(wide, 12), known(''))).toBe(true);
    expect(areEqual(power, build.product(wide, build.power(wide, 11)), known(''))).toBe(false);
  });
});

const DECIDED: readonly (readonly [context: string, literal: string, truth: boolean | undefined])[] = [
  ['', 'exp(x) > 0', true],
  ['', '-exp(x) >= 0', false],
  ['', 'x >= 0', undefined],
  ['x > 0', 'x >= 0', true],
  ['x > 0', 'x != 0', true],
  ['x > 0', '-x >= 0', false],
  ['x > 0', 'x == 0', false],
  ['x >= 0', '-x > 0', false],
  ['x >= 0', 'x > 0', undefined],
  ['x >= 0; x != 0', 'x > 0', true],
  ['x >= 0; -x >= 0', 'x == 0', true],
  ['x == 0', 'x >= 0', true],
  ['x - y > 0', '3*x - 3*y > 0', true],
  ['x - y > 0', '2*y - 2*x >= 0', false],
  ['x - y != 0', 'y - x != 0', true],
  ['R >= 0', '1 + R + exp(s) > 0', true],
  ['R >= 0', 'R + R*exp(s) >= 0', true],
  ['R > -1', '1 + R + exp(s) > 0', undefined],
  ['', 'x^2 >= 0', true],
  ['', 'x^2 > 0', undefined],
  ['x != 0', 'x^2 > 0', true],
  ['a < 0; b < 0', 'a*b > 0', true],
  ['a < 0', 'a^3 < 0', true],
  ['v >= 0; d > 0', 'v^(1/2) + d > 0', true],
  ['v > 0', 'v^(-1/2) > 0', true],
  ['v >= 0', 'v^(-1/2) > 0', undefined],
  ['1 - eps > 0; r >= 0', '(1 - eps)*(1 + r) > 0', true],
  ['x/y > 0; y > 0', 'x > 0', undefined],
];

describe('what literals decide', () => {
  test.each(DECIDED)('%s: %s is %s', (context, literal, truth) => {
    expect(decide(condition(literal), known(context))).toBe(truth);
  });
  test.each([
    'x > 0; -x >= 0',
    'x >= 0; -x >= 0; x != 0',
    '-exp(x) > 0',
    'x != x',
    'x - y > 0; 2*y - 2*x > 0',
  ])('%s contradicts itself', (context) => {
    expect(isAbsurd(known(context))).toBe(true);
  });
  test.each(['x >= 0; -x >= 0', 'x > 0; y > x', 'x != 0; x >= 0'])('%s does not', (context) => {
    expect(isAbsurd(known(context))).toBe(false);
  });
  test('knowledge grows by itself, and what it grew from stays as it was', () => {
    const before = known('x >= 0');
    expect(areEqual(term('x/x'), term('1'), before)).toBe(false);
    const after = extended(before, [condition('x != 0')]);
    expect(areEqual(term('x/x'), term('1'), after)).toBe(true);
    expect(areEqual(term('x/x'), term('1'), before)).toBe(false);
    expect(decide(condition('x > 0'), before)).toBeUndefined();
  });
  test('terms match up to a factor', () => {
    expect(matches(term('x - y'), term('3*x - 3*y'), known(''))).toBe(true);
    expect(matches(term('x - y'), term('y - x'), known(''))).toBe(false);
    expect(matches(term('x - y'), term('y - x'), known(''), true)).toBe(true);
    expect(matches(term('x - y'), term('x + y'), known(''), true)).toBe(false);
  });
});
