/** What a start of the program does not take time for: Chevrotain's own checks of the token table and the grammar. */
import { expect, test } from 'vitest';
import { buildLexer } from '../../grammar/lexer.js';
import { ObjectiveParser } from '../../grammar/parser.js';
import { patience } from '../../grammar/patience.js';

test('every token type has a pattern that Chevrotain finds right, and that nothing hides', () => {
  expect(buildLexer(false).lexerDefinitionErrors).toEqual([]);
});

test('the grammar is one that Chevrotain finds free of ambiguity and left recursion', () => {
  expect(() => new ObjectiveParser(patience().words, false)).not.toThrow();
});
