/** Which files are objectives: the extensions, and the two other formats that share `.obj`. */

/** The extensions of objective files. */
export const EXTENSIONS: readonly string[] = ['.obj', '.objective'];

const HEAD = 8192;
const MESH =
  /^(?:(?:v|vn|vt|vp)(?:\s+[-+]?[\d.]\S*)+|(?:f|l|p)(?:\s+-?\d[\d/-]*)+|(?:mtllib|usemtl|maplib|usemap)\s+\S.*|(?:o|g)(?:\s+[^\s=:({].*)?|s\s+(?:off|on|\d+))\s*$/;

/** The offset of the statement that makes a text a mesh, or -1. */
export function meshStatement(text: string): number {
  let offset = 0;
  for (const line of text.split('\n', 200)) {
    const statement = line.trim();
    if (statement !== '' && !statement.startsWith('#'))
      return MESH.test(statement) ? offset + line.indexOf(statement) : -1;
    offset += line.length + 1;
  }
  return -1;
}

/** The offset of a zero byte near the beginning, or -1. */
export const zeroByte = (text: string): number => text.slice(0, HEAD).indexOf('\u0000');

/** Whether a text is an objective file, or one of the other formats with the extension `.obj`. */
export function looksLike(text: string): 'objective' | 'mesh' | 'binary' {
  if (zeroByte(text) >= 0) return 'binary';
  return meshStatement(text) >= 0 ? 'mesh' : 'objective';
}
