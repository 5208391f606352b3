/** Audits as one page of HTML that needs nothing from elsewhere. */
import type { Answer, Audit, ClosedForm } from '../proof/audit.js';
import { evidenceOf, markOf } from './audit-text.js';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${String(c.charCodeAt(0))};`);

const STYLE = `body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;color:#111}
code{font:13px ui-monospace,monospace}table{border-collapse:collapse;width:100%}td,th{padding:.35rem .6rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
.bad td:first-child{color:#b00020}.good td:first-child{color:#00701a}.unknown td:first-child{color:#8a6d00}small{color:#555}svg{max-width:100%;height:auto}`;

const form = ({ title, level, cases }: ClosedForm): string =>
  `<p><code>${escaped(title)}</code>, one per ${escaped(level)}</p><ul>${cases
    .map(
      ({ condition, value }) =>
        `<li><code>${escaped(value)}</code>${cases.length === 1 ? '' : condition === undefined ? ' otherwise' : ` where <code>${escaped(condition)}</code>`}</li>`,
    )
    .join('')}</ul>`;

const row = (answer: Answer): string =>
  `<tr class="${answer.ground === 'unknown' ? 'unknown' : answer.judgement}"><td>${markOf(answer)}</td><td>${escaped(answer.title)}</td><td>${escaped(answer.text)}${evidenceOf(
    answer,
  )
    .map((line) => `<br><small>${escaped(line)}</small>`)
    .join('')}</td><td><small>${answer.ground}</small></td></tr>`;

const table = (answers: readonly Answer[]): string => `<table>${answers.map(row).join('\n')}</table>`;

const section = (audit: Audit, picture: string): string =>
  [
    `<h2>${escaped(audit.objective)}</h2>`,
    audit.title === undefined ? '' : `<p>${escaped(audit.title)}</p>`,
    ...audit.papers.map((paper) => `<p><small>${escaped(paper)}</small></p>`),
    `<p><code>${escaped(audit.loss)}</code></p>`,
    picture,
    ...audit.scores.flatMap((score) => [
      `<h3>By <code>${escaped(score.score)}</code></h3>`,
      form(score.weight),
      score.onPolicy === undefined ? '' : form(score.onPolicy),
      `<p><small>${escaped(score.roles)}</small></p>`,
      table(score.answers),
    ]),
    table(audit.answers),
  ].join('\n');

/** With a picture, as SVG, for each audit that has one. */
export const auditHtml = (audits: readonly Audit[], pictures: readonly (string | undefined)[]): string =>
  [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${escaped(audits.map(({ objective }) => objective).join(', '))}</title>`,
    `<style>${STYLE}</style></head><body>`,
    ...audits.map((one, at) => section(one, pictures[at] ?? '')),
    '</body></html>',
    '',
  ].join('\n');
