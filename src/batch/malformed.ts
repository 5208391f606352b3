/** Finds where a text stops being JSON, and says what was expected there. It builds no values: `JSON.parse` does. */

export interface Fault {
  /** Offset in UTF-16 code units; the length of the text when it ends too early. */
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const WORD = /[-+]?[\p{L}_][\p{L}\d_]*|./suy;
const NOT_A_NUMBER: ReadonlyMap<string, string> = new Map([
  ['nan', 'NaN'],
  ['inf', 'inf'],
  ['+inf', 'inf'],
  ['-inf', '-inf'],
  ['infinity', 'inf'],
  ['+infinity', 'inf'],
  ['-infinity', '-inf'],
]);

type State = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'next' | 'done';

/** The sticky match at an offset: the offset behind it, or `undefined`. */
function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** What stands at an offset, quoted for a message. */
function foundAt(text: string, at: number): string {
  const end = after(WORD, text, at);
  return end === undefined ? 'the end of the text' : `\`${text.slice(at, end)}\``;
}

function expected(state: State, inList: boolean): string {
  switch (state) {
    case 'value':
    case 'first value':
      return 'a value';
    case 'key':
    case 'first key':
      return 'a name in double quotes';
    case 'colon':
      return '`:`';
    case 'next':
      return inList ? '`,` or `]`' : '`,` or `}`';
    case 'done':
      return 'nothing more';
  }
}

function fault(text: string, at: number, state: State, inList: boolean): Fault {
  const word = text.slice(at, after(WORD, text, at) ?? at);
  const number = NOT_A_NUMBER.get(word.toLowerCase());
  if (number !== undefined && (state === 'value' || state === 'first value'))
    return {
      offset: at,
      message: `\`${word}\` is not a JSON value`,
      hint: `write it as "${number}", in quotes`,
    };
  if (word === '"' && state !== 'colon' && state !== 'next' && state !== 'done')
    return {
      offset: at,
      message: 'the text that starts here has no closing `"` or holds an unescaped character',
    };
  const message = `expected ${expected(state, inList)}, found ${foundAt(text, at)}`;
  const trailing = (state === 'value' && word === ']') || (state === 'key' && word === '}');
  return trailing ? { offset: at, message, hint: 'remove the comma before it' } : { offset: at, message };
}

/** The first place where a text is not JSON; `undefined` where it is. Lists and objects may nest to any depth. */
export function findFault(text: string): Fault | undefined {
  const open: ('[' | '{')[] = [];
  let state: State = 'value';
  let at = 0;
  const closed = (): State => (open.length === 0 ? 'done' : 'next');
  for (;;) {
    at = after(SPACE, text, at) ?? at;
    const inList = open.at(-1) === '[';
    const char = text[at];
    if (state === 'done' && char === undefined) return undefined;
    let next: State | undefined;
    let end: number | undefined = at + 1;
    if (state === 'value' || state === 'first value') {
      if (char === '[' || char === '{') {
        open.push(char);
        next = char === '[' ? 'first value' : 'first key';
      } else if (char === ']' && state === 'first value') {
        open.pop();
        next = closed();
      } else {
        end = after(char === '"' ? STRING : SCALAR, text, at);
        next = closed();
      }
    } else if (state === 'key' || state === 'first key') {
      if (char === '}' && state === 'first key') {
        open.pop();
        next = closed();
      } else {
        end = after(STRING, text, at);
        next = 'colon';
      }
    } else if (state === 'colon') {
      if (char === ':') next = 'value';
    } else if (state === 'next') {
      if (char === ',') next = inList ? 'value' : 'key';
      else if (char === (inList ? ']' : '}')) {
        open.pop();
        next = closed();
      }
    }
    if (next === undefined || end === undefined) return fault(text, at, state, inList);
    state = next;
    at = end;
  }
}
