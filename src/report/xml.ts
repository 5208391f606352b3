/** Text as XML may hold it: escaped, and without the characters that no document may contain. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
// What XML 1.0 forbids even as a reference: controls, lone surrogates, two characters that are none.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** For content. */
export const xmlText = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (one) => ESCAPES[one] ?? one);

/** For an attribute in double quotes, in which a line end would become a space. */
export const xmlAttribute = (text: string): string =>
  xmlText(text).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');
