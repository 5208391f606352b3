/** Adds to texts that are there already, and changes nothing else in them. */

const lineEnd = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** The text with a block of lines at its end. */
export function appended(text: string, lines: readonly string[]): string {
  const end = lineEnd(text);
  const lead = text === '' || text.endsWith('\n') ? '' : end;
  return `${text}${lead}${lines.join(end)}${end}`;
}

const indentOf = (text: string): string => /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a JSON object with one member more at its end; nothing where it is none, or has comments. */
export function withMember(text: string, key: string, value: unknown): string | undefined {
  const object = parsed(text);
  if (object === undefined || Object.hasOwn(object, key)) return undefined;
  const end = lineEnd(text);
  const indent = indentOf(text);
  const json = JSON.stringify(value, null, indent).replaceAll('\n', `${end}${indent}`);
  const at = text.lastIndexOf('}');
  const before = text.slice(0, at).trimEnd();
  const comma = Object.keys(object).length === 0 ? '' : ',';
  return `${before}${comma}${end}${indent}${JSON.stringify(key)}: ${json}${end}${text.slice(at)}`;
}

/** The text of a JSON object with one member more in a member of it, which is made where it is missing. */
export function withEntry(text: string, key: string, name: string, value: string): string | undefined {
  const object = parsed(text);
  if (object === undefined) return undefined;
  const member = object[key];
  if (member === undefined) return withMember(text, key, { [name]: value });
  if (typeof member !== 'object' || member === null || Object.hasOwn(member, name)) return undefined;
  const open = new RegExp(`"${key.replaceAll('.', '\\.')}"\\s*:\\s*\\{`).exec(text);
  if (open === null) return undefined;
  const at = open.index + open[0].length;
  const [end, indent] = [lineEnd(text), indentOf(text)];
  const entry = `${end}${indent}${indent}${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const rest = text.slice(at);
  const changed = `${text.slice(0, at)}${entry}${Object.keys(member).length === 0 ? `${end}${indent}${rest.trimStart()}` : `,${rest}`}`;
  // The place was found by its spelling: what was meant has to be what was done.
  const wanted = JSON.stringify({ ...object, [key]: { [name]: value, ...member } });
  return JSON.stringify(parsed(changed)) === wanted ? changed : undefined;
}
