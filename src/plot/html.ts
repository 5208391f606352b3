/** A picture as a page of its own: no style, script or image from elsewhere. */
import type { Picture } from './picture.js';
import { svg } from './svg.js';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${String(c.charCodeAt(0))};`);

export const html = (picture: Picture): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<title>${escaped(picture.title)}</title>`,
    '<style>body{margin:2rem;font-family:system-ui,sans-serif}svg{max-width:100%;height:auto}</style>',
    svg(picture).trim(),
    '</html>',
    '',
  ].join('\n');
