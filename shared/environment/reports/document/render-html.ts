import type { Bilingual } from '../report.ts';
import type { Block, Cell, CellLook, Column, ReportDocument, ReportLanguage } from './document.ts';
import { linesOf, oneLine, textsOf } from './write-text.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Both languages, the English marked as such for screen readers. */
const inline = (text: Bilingual, language: ReportLanguage, between: string): string =>
  textsOf(text, language)
    .map(({ lang, text: words }) => `<span lang="${lang}">${escapeHtml(words)}</span>`)
    .join(between);

const categoryClass = (index: string, level: number): string => `c-${index}-${level}`;

const classOf = (look: CellLook | undefined, align: Column['align']): string => {
  const own = look === undefined ? [] : typeof look === 'string' ? [look] : [categoryClass(...look.category)];
  return [align, ...own].join(' ');
};

const cellHtml = (cell: Cell, align: Column['align'], language: ReportLanguage): string => {
  const lines = linesOf(cell, language)
    .map(({ lang, text }) =>
      lang === undefined ? escapeHtml(text) : `<span lang="${lang}">${escapeHtml(text)}</span>`,
    )
    .join('<br>');
  const [tag, scope] = cell.look === 'head' ? ['th', ' scope="row"'] : ['td', ''];
  return `<${tag}${scope} class="${classOf(cell.look, align)}">${cell.look === 'broken' ? '● ' : ''}${lines}</${tag}>`;
};

type Table = Extract<Block, { kind: 'table' }>;

const tableHtml = ({ caption, columns, rows, dense }: Table, language: ReportLanguage): string => {
  const heads = columns.map(
    (column) =>
      `<th scope="col" class="${column.align}">${linesOf({ content: column.title }, language)
        .map(({ lang, text }) => (lang ? `<span lang="${lang}">${escapeHtml(text)}</span>` : escapeHtml(text)))
        .join('<br>')}</th>`,
  );
  const body = rows.map(
    (row) => `<tr>${row.map((cell, index) => cellHtml(cell, columns[index]?.align ?? 'left', language)).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(oneLine(caption, language))}"><table${dense ? ' class="dense"' : ''}><caption>${inline(caption, language, ' / ')}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
};

const blockHtml = (block: Block, language: ReportLanguage): string => {
  switch (block.kind) {
    case 'heading': {
      const attributes = `${block.id ? ` id="station-${escapeHtml(block.id)}"` : ''}${block.newPage ? ' class="new-page"' : ''}`;
      return `<h${block.level}${attributes}>${inline(block.text, language, ' / ')}</h${block.level}>`;
    }
    case 'paragraph':
      return `<p class="${block.look ?? 'plain'}">${inline(block.text, language, '<br>')}</p>`;
    case 'facts':
      return `<dl>${block.rows
        .map(
          ({ name, cell }) =>
            `<div><dt>${inline(name, language, ' / ')}</dt><dd>${linesOf(cell, language)
              .map(({ text }) => escapeHtml(text))
              .join('<br>')}</dd></div>`,
        )
        .join('')}</dl>`;
    case 'table':
      return tableHtml(block, language);
    case 'charts':
      return `<div class="charts">${block.charts
        .map(
          ({ title, svg }) =>
            `<figure>${svg(language)}<figcaption>${inline(title, language, '<br>')}</figcaption></figure>`,
        )
        .join('')}</div>`;
  }
};

const STYLE = `
:root { color: #1b1b1b; background: #fff; font: 14px/1.4 Roboto, "Segoe UI", "Noto Sans", Arial, sans-serif; }
body { max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; border-bottom: 2px solid #2b6a8a; padding-bottom: .2rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h1 span[lang=en], h2 span[lang=en], h3 span[lang=en] { font-weight: 400; }
dl { display: grid; gap: .15rem 1rem; } dl div { display: flex; gap: .5rem; flex-wrap: wrap; } dt { color: #555; min-width: 15rem; } dd { margin: 0; overflow-wrap: anywhere; font-weight: 500; }
.scroll { overflow-x: auto; margin: .75rem 0; } .scroll:focus-visible { outline: 2px solid #2b6a8a; }
table { border-collapse: collapse; width: 100%; font-size: .82rem; } caption { text-align: left; font-weight: 500; padding: .25rem 0; }
th, td { border: 1px solid #bbb; padding: .2rem .4rem; vertical-align: top; text-align: left; } thead th { background: #eef3f6; font-weight: 500; }
tbody th { font-weight: 500; } .right { text-align: right; white-space: nowrap; } .centre { text-align: center; } td [lang=en], th [lang=en] { color: #555; font-style: italic; }
.dense { font-size: .75rem; } .dense th, .dense td { padding: .1rem .2rem; } .broken { color: #8c1d18; font-weight: 700; } .quiet { color: #595959; }
p.remark { border-left: 3px solid #8aa9b8; padding-left: .6rem; } p.warning { border-left: 3px solid #b3261e; padding-left: .6rem; font-weight: 500; } p [lang=en] { color: #555; font-style: italic; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; } figure { margin: 0; break-inside: avoid; } svg { width: 100%; height: auto; } figcaption { font-size: .78rem; }
@page { size: A4 landscape; margin: 12mm; }
@media print { body { max-width: none; padding: 0; } .new-page { break-before: page; } .scroll { overflow: visible; } tr, figure { break-inside: avoid; } thead { display: table-header-group; } h2, h3, caption { break-after: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } :root { font-size: 9pt; } }
`;

/** White or black, whichever is read better on a colour (WCAG's relative luminance). */
export const inkOn = (rgb: readonly [number, number, number]): string => {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
};

/** The page's style; whoever serves the page allows exactly this text. */
export const htmlStyle = ({ colours }: Pick<ReportDocument, 'colours'>): string => {
  const rules = [...colours].map(([key, rgb]) => {
    const [index = '', level = ''] = key.split(' ');
    const ink = inkOn(rgb);
    return `.${categoryClass(index, Number(level))}, .${categoryClass(index, Number(level))} [lang=en] { background: rgb(${rgb.join(' ')}); color: ${ink}; }`;
  });
  return `${STYLE}${rules.join('\n')}\n`;
};

/** The report as one HTML page that needs nothing from anywhere, ready to be printed. */
export const renderHtml = (document: ReportDocument, language: ReportLanguage): string => {
  const title = oneLine(document.title, language);
  const body = document.blocks.map((block) => blockHtml(block, language)).join('\n');
  return `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'vi'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${htmlStyle(document)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
};
