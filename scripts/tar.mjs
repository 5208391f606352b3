/** Reads tar archives: as much of the format as npm's archives and plain ustar use. */

/**
 * The regular files of an archive that is not compressed.
 * @param {Buffer} archive
 * @returns {Generator<{ name: string, executable: boolean, bytes: Buffer }>}
 */
export function* tarEntries(archive) {
  const text = (/** @type {number} */ start, /** @type {number} */ length) => {
    const field = archive.toString('utf8', start, start + length);
    const end = field.indexOf('\0');
    return end < 0 ? field : field.slice(0, end);
  };
  const octal = (/** @type {number} */ start, /** @type {number} */ length) =>
    Number.parseInt(text(start, length).trim() || '0', 8);

  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const size = octal(at + 124, 12);
    const type = text(at + 156, 1);
    const prefix = text(at + 257, 5) === 'ustar' ? text(at + 345, 155) : '';
    const name = (prefix === '' ? '' : `${prefix}/`) + text(at, 100);
    if (type === '' || type === '0') {
      const bytes = archive.subarray(at + 512, at + 512 + size);
      yield { name, executable: (octal(at + 100, 8) & 0o100) !== 0, bytes };
    } else if (type === 'x' || type === 'L') {
      throw new Error(`${name}: archives with long names are not read`);
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
