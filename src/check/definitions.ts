/** Checks definitions by themselves: every name known, every argument of a kind that its place asks for. */
import { hasErrors, inOrder, type Diagnostic } from '../base/diagnostic.js';
import type { Kind } from '../ir/type.js';
import { aggregateNamed, atomNamed } from '../atoms/index.js';
import { modulesUnder, type Module } from '../link/link.js';
import type { Definition, Expr, Name } from '../syntax/ast.js';
import type { Context } from './context.js';
import {
  define,
  importedFunctions,
  type DefinedFunction,
  type Functions,
  type ModuleFunctions,
  type Signature,
} from './functions.js';
import { infer } from './infer.js';
import { describeDuplicateName } from './rules/duplicate-name.js';
import { wordsAboutNames } from './unread.js';
import type { Entity } from './scope.js';
import { postOrder } from './walk.js';

/** The functions of a module and of all that it imports, each module once. */
export function functionsUnder(root: Module): ModuleFunctions {
  const known = new Map<Module, ModuleFunctions>();
  for (const module of modulesUnder(root)) known.set(module, functionsOf(module, known));
  return known.get(root) ?? { functions: new Map(), diagnostics: [] };
}

function functionsOf(module: Module, known: ReadonlyMap<Module, ModuleFunctions>): ModuleFunctions {
  const diagnostics: Diagnostic[] = [];
  const report = wordsAboutNames(module.file.unread, diagnostics);
  const functions = new Map<string, DefinedFunction>();
  importedFunctions(module, known, functions, report);
  const all = new Map(module.file.definitions.map(({ name }) => [name.text, name]));
  for (const definition of module.file.definitions) {
    const isFree = define(definition.name, functions, report);
    const signature = checkDefinition(definition, module, functions, all, report);
    if (!isFree) continue;
    functions.set(definition.name.text, {
      definition,
      module,
      scope: functions,
      name: definition.name,
      from: definition.span.end,
      ...(signature === undefined ? {} : { signature }),
    });
  }
  return { functions, diagnostics: inOrder(diagnostics) };
}

/**
 * What a definition takes and gives, if it is right. Its parameters stand for values of the batch, the coarsest level,
 * so that only what is wrong for every argument is found here; the rest is found where it is called.
 */
function checkDefinition(
  { name, params, body, span }: Definition,
  module: Module,
  functions: Functions,
  all: ReadonlyMap<string, Name>,
  report: (diagnostic: Diagnostic) => void,
): Signature | undefined {
  const found: Diagnostic[] = [];
  const known = new Map<string, Entity>();
  const kinds = kindsOf(
    params.map(({ text }) => text),
    body,
    functions,
  );
  params.forEach((param, at) => {
    const first = known.get(param.text);
    if (first !== undefined) found.push(describeDuplicateName(param, first.name));
    else
      known.set(param.text, {
        kind: 'argument',
        name: param,
        type: { kind: kinds[at] ?? 'real', level: 'batch' },
      });
  });
  const context: Context = {
    source: module.source,
    scope: { known, defined: new Map(), functions, definitions: all, defining: name },
    domains: new Map(),
    types: new Map(),
    bounds: new Map(),
    report: (diagnostic) => {
      found.push(diagnostic);
    },
  };
  const result = infer(body, context);
  for (const one of found) report(one);
  const isUnread = module.file.unread.some(({ start }) => span.start <= start && start <= span.end);
  return result === undefined || hasErrors(found) || isUnread ? undefined : { kinds, result };
}

/** The kind that the body asks of each parameter: a number, unless it stands where only a condition can. */
function kindsOf(params: readonly string[], body: Expr, functions: Functions): readonly Kind[] {
  const conditions = new Set<string>();
  const isCondition = new Set<Expr>();
  for (const expr of [...postOrder(body)].reverse()) {
    if (expr.kind === 'name' && isCondition.has(expr)) conditions.add(expr.name);
    for (const part of conditionsIn(expr, isCondition.has(expr), functions)) isCondition.add(part);
  }
  return params.map((param) => (conditions.has(param) ? 'bool' : 'real'));
}

/** The operands that have to be conditions. */
function conditionsIn(expr: Expr, isItself: boolean, functions: Functions): readonly Expr[] {
  switch (expr.kind) {
    case 'unary':
      return expr.operator === 'not' ? [expr.operand] : [];
    case 'binary':
      return expr.operator === 'and' || expr.operator === 'or' ? [expr.left, expr.right] : [];
    case 'if':
      return isItself ? [expr.condition, expr.then, expr.else] : [expr.condition];
    case 'reduction': {
      const isAsked = aggregateNamed(expr.aggregate.text)?.argument === 'bool';
      return [
        ...(expr.where === undefined ? [] : [expr.where]),
        ...(isAsked ? expr.args.map(({ value }) => value) : []),
      ];
    }
    case 'call': {
      if (atomNamed(expr.callee.text) !== undefined) return [];
      const kinds = functions.get(expr.callee.text)?.signature?.kinds ?? [];
      return expr.args.flatMap(({ value }, at) => (kinds[at] === 'bool' ? [value] : []));
    }
    default:
      return [];
  }
}
