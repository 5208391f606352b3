/** The frame of a page of HTML that needs nothing but itself: its style is inside, and it runs no scripts. */
import { xmlAttribute, xmlText } from './xml.js';

/** Text inside an element. */
export const html = xmlText;
/** Text inside an attribute in double quotes. */
export const htmlAttribute = xmlAttribute;

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; --open: #9a6700; --soft: #8882 }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #f85149; --open: #d29922 } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
code, pre { font: 13px/1.5 ui-monospace, monospace } pre { background: var(--soft); padding: .7rem; overflow-x: auto; border-radius: 6px }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line) }
td.number { text-align: right; font-variant-numeric: tabular-nums } .label { font-weight: 600 }
.good { color: var(--good) } .bad { color: var(--bad) } .open { color: var(--open) } .status { font-weight: 600; white-space: nowrap }
ul { margin: .2rem 0; padding-left: 1.2rem } details { margin: .3rem 0 } summary { cursor: pointer } figure { margin: 1rem 0 } svg { max-width: 100%; height: auto }
.file { opacity: .7; font-weight: normal; font-size: .9rem } footer { margin-top: 3rem; opacity: .7; font-size: .85rem }
`;

/** The page; `body` is HTML already. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body.trim()}
</body>
</html>
`;
