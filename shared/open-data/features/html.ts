import type { Words } from '../catalogue/vocabulary.ts';

/** Pages for people who follow a link: Vietnamese with English beside it, no script, no other file. */

/** Markup that is safe to put into a page: only this file makes it. */
export type Html = { readonly html: string };

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const plain = (text: string): Html => ({ html: escapeHtml(text) });

export const both = ({ vi, en }: Words): Html =>
  vi === en
    ? plain(vi)
    : { html: `<span lang="vi">${escapeHtml(vi)}</span> <span lang="en" class="en">${escapeHtml(en)}</span>` };

export const link = (href: string, text: Html): Html => ({ html: `<a href="${escapeHtml(href)}">${text.html}</a>` });

export const list = (items: readonly Html[]): Html => ({
  html: `<ul>${items.map(({ html }) => `<li>${html}</li>`).join('')}</ul>`,
});

export const heading = (words: Words): Html => ({ html: `<h2>${both(words).html}</h2>` });

export const paragraph = (content: Html): Html => ({ html: `<p>${content.html}</p>` });

/** A table whose rows each begin with what they are about. */
export const table = (caption: Words, columns: readonly Html[], rows: readonly (readonly Html[])[]): Html => {
  const head = columns.map(({ html }) => `<th scope="col">${html}</th>`).join('');
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map(({ html }) => `<td>${html}</td>`).join('');
    return `<tr><th scope="row">${first?.html ?? ''}</th>${cells}</tr>`;
  });
  return {
    html: `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(`${caption.vi} / ${caption.en}`)}"><table><caption>${both(caption).html}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`,
  };
};

export const pageStyle =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1b1b1b;background:#fff}' +
  'a{color:#00539f}a:focus-visible,.wide:focus-visible{outline:3px solid #00539f;outline-offset:2px}' +
  '.en{color:#555}.wide{overflow-x:auto}table{border-collapse:collapse}caption{text-align:left;font-weight:600}' +
  'th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top;font-weight:400}' +
  'thead th{background:#eee;font-weight:600}';

export type Page = {
  readonly title: Words;
  /** From the landing page down to the page above this one. */
  readonly trail: readonly { readonly href: string; readonly title: Words }[];
  readonly content: readonly Html[];
};

export const renderPage = ({ title, trail, content }: Page): string => {
  const steps = trail.map(({ href, title: words }) => link(href, both(words)));
  const navigation = steps.length === 0 ? '' : `<nav aria-label="Đường dẫn / Breadcrumb">${list(steps).html}</nav>`;
  const body = content.map(({ html }) => html).join('\n');
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${title.vi} / ${title.en}`)}</title><style>${pageStyle}</style></head>
<body>${navigation}<main><h1>${both(title).html}</h1>
${body}
</main></body></html>
`;
};
