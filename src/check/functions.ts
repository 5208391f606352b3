/** The functions that a file defines and imports: which names stand for them, and from where on. */
import { nearest } from '../base/suggest.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { positionAt, type Source } from '../base/source.js';
import type { Kind, Type } from '../ir/type.js';
import { aggregateNamed, atomNamed } from '../atoms/index.js';
import type { LinkedImport, LinkedName, Module } from '../link/link.js';
import type { Definition, Name } from '../syntax/ast.js';
import { describeBuiltInName } from './rules/built-in-name.js';
import { describeDuplicateName } from './rules/duplicate-name.js';
import { describeImportPath } from './rules/import-path.js';
import { describeImportCircle } from './rules/import-circle.js';
import { describeImportedName } from './rules/imported-name.js';
import { describeImportedWrong } from './rules/imported-wrong.js';

/** A function as the file that may call it sees it. */
export interface DefinedFunction {
  readonly definition: Definition;
  /** The file that defines it. */
  readonly module: Module;
  /** The functions of that file: the body calls those that come before it. */
  readonly scope: Functions;
  /** Where this file introduces its name: the definition's own, or the one in the import. */
  readonly name: Name;
  /** Calls before this offset come too early. */
  readonly from: number;
  /** What it takes and gives; absent where the definition is wrong, which was reported. */
  readonly signature?: Signature;
}
/** As the definition alone tells: parameters of which it says nothing are numbers. */
export interface Signature {
  readonly kinds: readonly Kind[];
  readonly result: Type;
}
export type Functions = ReadonlyMap<string, DefinedFunction>;

/** The functions that a module defines, with what is wrong with them and with its imports. */
export interface ModuleFunctions {
  readonly functions: Functions;
  readonly diagnostics: readonly Diagnostic[];
}
/** Those of a module that is imported. */
export type KnownModules = ReadonlyMap<Module, ModuleFunctions>;

/** Functions that no definition may be called: written like functions, and known to the checker by name. */
export const SPECIAL_FUNCTIONS: readonly string[] = ['grad', 'sup', 'inf'];
const isBuiltIn = (name: string): boolean =>
  atomNamed(name) !== undefined || aggregateNamed(name) !== undefined || SPECIAL_FUNCTIONS.includes(name);

/** Binds the names of a module's imports, which are known already. */
export function importedFunctions(
  module: Module,
  known: KnownModules,
  functions: Map<string, DefinedFunction>,
  report: (diagnostic: Diagnostic) => void,
): void {
  for (const one of module.imports) {
    if (one.problem !== undefined) {
      report(
        one.problem.kind === 'circle'
          ? describeImportCircle(one.syntax.path, one.problem.files)
          : describeImportPath(one.syntax.path, one.problem),
      );
      for (const name of one.syntax.names)
        if (!functions.has(name.text)) functions.set(name.text, unknown(name, module, functions));
      continue;
    }
    const wrong = new Set<Source>();
    for (const linked of one.names) bindImported(module, one, linked, known, functions, report, wrong);
  }
}

/** A function of which nothing is known but that its import failed: calls of it are not to blame. */
const unknown = (name: Name, module: Module, scope: Functions): DefinedFunction => ({
  definition: { name, params: [], body: { kind: 'missing', span: name.span }, span: name.span },
  module,
  scope,
  name,
  from: name.span.end,
});

function bindImported(
  importing: Module,
  { syntax, offered, module: imported }: LinkedImport,
  { name, module }: LinkedName,
  known: KnownModules,
  functions: Map<string, DefinedFunction>,
  report: (diagnostic: Diagnostic) => void,
  wrong: Set<Source>,
): void {
  const tellOnce = ({ source }: Module, { code, title, primary }: Diagnostic): void => {
    if (wrong.has(source)) return;
    wrong.add(source);
    const { line, column } = positionAt(source, primary.span.start);
    report(describeImportedWrong(syntax.path, `${source.name}:${line}:${column}: error[${code}]: ${title}`));
  };
  if (module === undefined) {
    const unread = imported?.diagnostics.find(({ severity }) => severity === 'error');
    // It may well be defined in what could not be read.
    if (imported !== undefined && unread !== undefined) tellOnce(imported, unread);
    else report(describeImportedName(name, syntax.path, nearest(name.text, offered), offered));
    if (!functions.has(name.text)) functions.set(name.text, unknown(name, importing, functions));
    return;
  }
  const inside = known.get(module);
  const error = [...module.diagnostics, ...(inside?.diagnostics ?? [])].find(
    ({ severity }) => severity === 'error',
  );
  if (error !== undefined) tellOnce(module, error);
  const own = inside?.functions.get(name.text);
  if (own === undefined || !define(name, functions, report)) return;
  const { signature, ...rest } = own;
  functions.set(name.text, {
    ...rest,
    name,
    from: syntax.span.end,
    ...(signature === undefined || error !== undefined ? {} : { signature }),
  });
}

/** Whether a function may have this name: no built-in has it, and no other function of the file. */
export function define(
  name: Name,
  functions: ReadonlyMap<string, DefinedFunction>,
  report: (diagnostic: Diagnostic) => void,
): boolean {
  const first = functions.get(name.text);
  if (isBuiltIn(name.text)) report(describeBuiltInName(name));
  else if (first !== undefined) report(describeDuplicateName(name, first.name));
  else return true;
  return false;
}
