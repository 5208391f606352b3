/** From one file to the files that it imports: a graph of modules, parsed and without circles. It reads no files itself. */
import type { Diagnostic } from '../base/diagnostic.js';
import { source, type Source } from '../base/source.js';
import type { File, Import, Name } from '../syntax/ast.js';
import { parse } from '../syntax/parse.js';
import { STANDARD_LIBRARY } from './std.gen.js';

/** A text, and what diagnostics call it. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}
/** Finds the text at a path that is relative to the file which imports it; nothing where there is none. */
export type Resolve = (path: string, from: string) => SourceText | undefined;

export interface Module {
  readonly source: Source;
  readonly file: File;
  /** Of its own text, as the parser found them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly imports: readonly LinkedImport[];
}
export interface LinkedImport {
  readonly syntax: Import;
  /** Why the file cannot be had. */
  readonly problem?: ImportProblem;
  /** The file itself; absent for the standard library, which is of several. */
  readonly module?: Module;
  readonly names: readonly LinkedName[];
  /** Every name that the file defines, for hints. */
  readonly offered: readonly string[];
}
export interface LinkedName {
  readonly name: Name;
  /** The module that defines it; absent where none does. */
  readonly module?: Module;
}
export type ImportProblem =
  /** There is no such file, or nothing to look for it with. */
  | { readonly kind: 'absent'; readonly canResolve: boolean }
  /** The path is empty or absolute. */
  | { readonly kind: 'path' }
  /** The files that import each other, from the one that is imported here to the one that imports it. */
  | { readonly kind: 'circle'; readonly files: readonly string[] };

/** The name by which a file imports the standard library. */
export const STD = 'std';

/** Every name of the standard library. */
export const standardNames: readonly string[] = STANDARD_LIBRARY.flatMap(({ defines }) => defines);

interface Linking {
  readonly resolve: Resolve | undefined;
  readonly known: Map<string, Module>;
  /** The names of the files that are being linked, outermost first. */
  readonly open: readonly string[];
}

/** Links a file that is parsed already. */
export function link(
  parsed: { readonly file: File; readonly diagnostics: readonly Diagnostic[] },
  text: Source,
  resolve?: Resolve,
): Module {
  return linked(parsed, text, { resolve, known: new Map(), open: [text.name] });
}

function linked(
  { file, diagnostics }: { readonly file: File; readonly diagnostics: readonly Diagnostic[] },
  text: Source,
  linking: Linking,
): Module {
  const imports = file.imports.map((one) => linkImport(one, text.name, linking));
  return { source: text, file, diagnostics, imports };
}

function linkImport(syntax: Import, from: string, linking: Linking): LinkedImport {
  const { text: path } = syntax.path;
  if (path === STD) {
    const names = syntax.names.map((name): LinkedName => {
      const part = STANDARD_LIBRARY.find(({ defines }) => defines.includes(name.text));
      return part === undefined ? { name } : { name, module: moduleOf(part, linking) };
    });
    return { syntax, names, offered: standardNames };
  }
  const nowhere = (problem: ImportProblem): LinkedImport => ({ syntax, problem, names: [], offered: [] });
  if (path.trim() === '' || /^([\\/]|[a-zA-Z]:|[a-z]+:)/.test(path)) return nowhere({ kind: 'path' });
  const found = linking.resolve?.(path, from);
  if (found === undefined) return nowhere({ kind: 'absent', canResolve: linking.resolve !== undefined });
  const opened = linking.open.indexOf(found.name);
  if (opened >= 0) return nowhere({ kind: 'circle', files: linking.open.slice(opened) });
  const module = moduleOf(found, linking);
  const offered = module.file.definitions.map(({ name }) => name.text);
  const names = syntax.names.map((name) => (offered.includes(name.text) ? { name, module } : { name }));
  return { syntax, module, names, offered };
}

function moduleOf({ name, text }: SourceText, linking: Linking): Module {
  const known = linking.known.get(name);
  if (known !== undefined) return known;
  const file = source(name, text);
  const module = linked(parse(file), file, { ...linking, open: [...linking.open, name] });
  linking.known.set(name, module);
  return module;
}

/** Every module that a module imports, itself included, each once: imported ones first. */
export function modulesUnder(root: Module): readonly Module[] {
  const order = new Set<Module>();
  const visit = (module: Module): void => {
    if (order.has(module)) return;
    for (const { names } of module.imports)
      for (const { module: imported } of names) if (imported !== undefined) visit(imported);
    order.add(module);
  };
  visit(root);
  return [...order];
}
