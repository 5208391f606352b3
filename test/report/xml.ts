/** A small reader of XML that is strict about what a document must keep: it throws at the first thing wrong. Not a test. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Elements of HTML that have no end. */
const EMPTY: readonly string[] = ['meta', 'br', 'hr'];

function decoded(text: string): string {
  const rest = text.replace(
    /&(?:#(\d+)|(\w+));/g,
    (all, digits: string | undefined, name: string | undefined) => {
      if (digits !== undefined) return String.fromCodePoint(Number(digits));
      const known = ENTITIES[name ?? ''];
      if (known === undefined) throw new Error(`unknown entity ${all}`);
      return known === '&' ? '\u0001' : known;
    },
  );
  if (rest.includes('&')) throw new Error(`a bare & in ${text}`);
  return rest.replaceAll('\u0001', '&');
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const rest = text.replace(
    /\s+([\w:-]+)(?:="([^"<]*)")?/g,
    (_all, name: string, value: string | undefined) => {
      if (Object.hasOwn(found, name)) throw new Error(`${name} twice`);
      found[name] = decoded(value ?? '');
      return '';
    },
  );
  if (rest.trim() !== '') throw new Error(`no attributes: ${rest}`);
  return found;
}

/** Every element in document order. */
export function elements(document: string): readonly Element[] {
  const found: Element[] = [];
  const open: string[] = [];
  const body = document.replace(/^<\?xml [^?]*\?>\s*/, '');
  const pattern = /<(\/?)([\w:-]+)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/g;
  let at = 0;
  for (const match of body.matchAll(pattern)) {
    const between = body.slice(at, match.index);
    if (between.includes('<')) throw new Error(`a bare < in ${between}`);
    if (between.trim() !== '' && open.length === 0) throw new Error(`text outside of everything: ${between}`);
    decoded(between);
    at = match.index + match[0].length;
    const [, closes, name = '', attributes = '', isWhole] = match;
    if (closes === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    found.push({ name, attributes: attributesOf(attributes) });
    if (isWhole !== '/' && !EMPTY.includes(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.join('> <')}> never closed`);
  if (body.slice(at).trim() !== '') throw new Error(`after the end: ${body.slice(at)}`);
  return found;
}
