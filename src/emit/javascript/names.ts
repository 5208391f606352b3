/** Names in generated code: whatever a program calls things, no name collides with another or says more than a name. */

const RESERVED =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
  'finally for function if implements import in instanceof interface let new null package private protected public return ' +
  'static super switch this throw true try typeof undefined var void while with yield async of NaN Infinity Math Number ' +
  'Object Array Map Set Promise String Boolean Symbol globalThis Error ' +
  // What generated modules define or import themselves.
  'tf name inputs parameters defaults prepare loss lossAndGradients lossGradientsAndMetrics losses metrics validate lossAlone ' +
  'Batch Params Metrics Layout ' +
  'path forms loops Kernels ArrayBatch InputSpec ParamSpec batch params layout report models given gradients';

const isIdentifier = (text: string): boolean => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(text);

export interface Names {
  /** A name that is not taken yet, close to the wanted one. */
  readonly fresh: (wanted: string) => string;
}

/** Names of one function; `taken` are those of the module. */
export function namesBeside(taken: Iterable<string>): Names {
  const used = new Set([...RESERVED.split(' '), ...taken]);
  return {
    fresh: (wanted) => {
      const base = isIdentifier(wanted) ? wanted : `_${wanted.replace(/[^\p{ID_Continue}]/gu, '_')}`;
      let name = used.has(base) && isReserved(base) ? `${base}_` : base;
      for (let at = 2; used.has(name); at += 1) name = `${base}_${at}`;
      used.add(name);
      return name;
    },
  };
}
const isReserved = (name: string): boolean => RESERVED.split(' ').includes(name);

/** A text as a string literal. */
export const literal = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

/** A member's name in a type. */
export const member = (name: string): string => (isIdentifier(name) ? name : literal(name));
/** The same in an object literal, where `__proto__` would set the prototype. */
export const key = (name: string): string => (name === '__proto__' ? `[${literal(name)}]` : member(name));
/** An object literal of values by name. */
export const record = (names: readonly string[], values: readonly string[]): string =>
  `{ ${names.map((name, at) => `${key(name)}: ${values[at] ?? '0'}`).join(', ')} }`;
/** Reads a member that is certain to be there. */
export const access = (object: string, name: string): string =>
  isIdentifier(name) ? `${object}.${name}` : `${object}[${literal(name)}]`;
/** Reads an own member that may be absent; what every object inherits is none. */
export const optional = (object: string, name: string): string =>
  name in {}
    ? `(Object.hasOwn(${object}, ${literal(name)}) ? ${access(object, name)} : undefined)`
    : access(object, name);

/** Text that cannot end the comment that it stands in, nor the script, where a page holds the code. */
export const commentText = (text: string): string =>
  text
    .replaceAll('*/', '*\u200b/')
    .replace(/<(?=\/script|!--)/gi, '<\u200b')
    .replace(/[\r\u2028\u2029]/g, ' ');

/** A number as a literal that reads back as the same double. */
export const numberText = (value: number): string =>
  value === Infinity
    ? 'Infinity'
    : value === -Infinity
      ? '-Infinity'
      : Object.is(value, -0)
        ? '-0'
        : String(value);
