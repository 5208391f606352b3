/** What a walk is called with, by name, and of which type: the same for every target. */
import type { Expr } from '../../ir/expr.js';
import type { Argument } from '../wasm/arguments.js';
import type { Scope } from './scope.js';

export function argumentName(argument: Argument, scope: Scope, output: (at: number) => string): string {
  switch (argument.kind) {
    case 'layout':
    case 'size':
      return argument.name;
    case 'input':
      return scope.naming.inputName(argument.value.name);
    case 'shared':
      return scope.shared(argument.value);
    case 'row':
      return scope.row(argument.value);
    case 'store':
      return scope.store(argument.value);
    case 'output':
      return output(argument.at);
    case 'scratch':
      return 'scratch';
    case 'number':
      return numberName(argument.value, scope);
  }
}

function numberName(value: Expr, scope: Scope): string {
  if (value.op !== 'input') return scope.shared(value);
  return value.role === 'param' ? scope.naming.paramName(value.name) : scope.naming.inputName(value.name);
}

export function argumentType(argument: Argument): string {
  switch (argument.kind) {
    case 'layout':
      return 'Int32Array';
    case 'size':
      return 'number';
    case 'input':
      return 'ArrayLike<number>';
    case 'shared':
      if (argument.value.op === 'attains') return 'Int32Array';
      return argument.value.type.kind === 'bool' ? 'Uint8Array' : 'Float64Array';
    case 'row':
    case 'store':
      return argument.value.type.kind === 'bool' ? 'LaneFlags' : 'Numbers';
    case 'output':
      return 'Numbers';
    case 'scratch':
      return 'Numbers';
    case 'number':
      return argument.value.type.kind === 'bool' && argument.value.op !== 'attains' ? 'boolean' : 'number';
  }
}
