/** Text in, models and frames out: what the tests of the checker share. */
import { inOrder, type Diagnostic } from '../../src/base/diagnostic.js';
import { renderFrame } from '../../src/base/frame.js';
import { source } from '../../src/base/source.js';
import { check } from '../../src/check/check.js';
import type { Model } from '../../src/check/model.js';
import { link, type Resolve } from '../../src/link/link.js';
import { parse } from '../../src/syntax/parse.js';

export interface Checked {
  readonly models: readonly Model[];
  /** Of the parser and the checker, in source order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
  readonly frames: string;
}

/** `files` are what it may import, by path; it may import itself by its name. */
export function checked(
  text: string,
  name = 'test.obj',
  files: Readonly<Record<string, string>> = {},
): Checked {
  const file = source(name, text);
  const parsed = parse(file);
  const all: Readonly<Record<string, string>> = { ...files, [name]: text };
  const resolve: Resolve = (path) => (all[path] === undefined ? undefined : { name: path, text: all[path] });
  const { models, diagnostics: own } = check(link(parsed, file, resolve));
  const diagnostics = inOrder([...parsed.diagnostics, ...own]);
  const frames = diagnostics.map((diagnostic) => `${renderFrame(file, diagnostic)}\n`).join('\n');
  return { models, diagnostics, codes: diagnostics.map(({ code }) => code), frames };
}

/** An objective that is right but for what the given items say. */
export const objective = (...items: readonly string[]): string =>
  `objective example {\n${items.map((item) => `  ${item}\n`).join('')}}\n`;
