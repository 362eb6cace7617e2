import { type Bilingual, type ExportLanguage, inLanguage } from '../plan-words.ts';
import type { DriverSheet, SheetRow } from './sheet.ts';
import { outcomeWords, sheetWords } from './sheet-words.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Both languages, each marked as such for screen readers; once where they say the same. */
const words = (text: Bilingual, language: ExportLanguage, between = ' / '): string => {
  if (language !== 'both' || text.vi === text.en) return escapeHtml(inLanguage(text, language));
  return `<span lang="vi">${escapeHtml(text.vi)}</span>${between}<span lang="en">${escapeHtml(text.en)}</span>`;
};

/** The page's style; whoever serves the page allows exactly this text. */
export const sheetStyle = `
:root { color: #111; background: #fff; font: 16px/1.4 Roboto, "Segoe UI", "Noto Sans", Arial, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: .75rem; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 1rem 0 .35rem; }
p { margin: .35rem 0; } [lang=en] { color: #444; font-weight: 400; } a { color: #0b4f7d; }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0; } dl div { display: flex; gap: .4rem; } dt { color: #444; } dd { margin: 0; font-weight: 600; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
nav a { display: inline-block; padding: .65rem .9rem; border: 2px solid #0b4f7d; border-radius: .4rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .25rem 0; }
th, td { border: 1px solid #777; padding: .3rem .4rem; text-align: left; vertical-align: top; } thead th { background: #eef3f0; font-size: .8rem; font-weight: 600; }
.tick { width: 3.2rem; text-align: center; } .note { min-width: 7rem; } .time { white-space: nowrap; font-weight: 600; } .facts { color: #333; font-size: .88rem; display: block; }
tr.disposal td, tr.depot td, tr.break td, tr.disposal th, tr.depot th, tr.break th { background: #f5f5f5; } tbody th { font-weight: 700; } .name { font-weight: 600; }
a.map { display: inline-block; padding: .3rem 0; }
.sheet + .sheet { border-top: 3px solid #111; margin-top: 2rem; padding-top: 1rem; break-before: page; }
@media screen and (max-width: 40rem) {
  thead, .tick, .note { display: none; } table, tbody, tr, td, tbody th { display: block; border: 0; } tbody td, tbody th { padding: .1rem 0; }
  tr { border: 1px solid #777; border-radius: .4rem; margin: .5rem 0; padding: .5rem .7rem; } tr.disposal, tr.depot, tr.break { background: #f5f5f5; }
  tbody th, td.time { display: inline-block; font-size: 1.15rem; margin-right: .8rem; } a.map { padding: .6rem 0; }
}
@page { size: A4; margin: 12mm; }
@media print { body { max-width: none; padding: 0; } nav, a.map { display: none; } tr { break-inside: avoid; } thead { display: table-header-group; } :root { font-size: 11px; } * { print-color-adjust: exact; } }
`;

const rowHtml = ({ kind, number, time, name, facts, reason, geo }: SheetRow, language: ExportLanguage): string => {
  const place = [
    `<span class="name">${words(name, language)}</span>`,
    facts.vi === '' ? '' : `<span class="facts">${words(facts, language, '<br>')}</span>`,
    reason ? `<span class="facts">${words(reason, language, '<br>')}</span>` : '',
    geo
      ? `<a class="map" href="${escapeHtml(geo)}">${words(sheetWords.map, language)}<span hidden>: ${escapeHtml(name.vi)}</span></a>`
      : '',
  ].join('');
  const ticks =
    kind === 'bin' ? outcomeWords.map(() => '<td class="tick"></td>').join('') : '<td class="tick" colspan="4"></td>';
  return `<tr class="${kind}"><th scope="row">${number ?? ''}</th><td class="time">${time}</td><td>${place}</td>${ticks}<td class="note"></td></tr>`;
};

const sheetHtml = (sheet: DriverSheet, language: ExportLanguage, level: 1 | 2): string => {
  const { title, number, time, place, notes, navigation, places, planned, tick } = sheetWords;
  const heads = [number, time, place].map((head) => `<th scope="col">${words(head, language, '<br>')}</th>`);
  const ticks = outcomeWords.map((head) => `<th scope="col" class="tick">${words(head, language, '<br>')}</th>`);
  const links = sheet.navigation.map(
    ({ from, to, last, url }) =>
      `<li><a href="${escapeHtml(url)}" target="_blank" rel="noreferrer">${words(places, language)} ${from === to ? from : `${from}–${to}`} → ${escapeHtml(last)}</a></li>`,
  );
  return `<section class="sheet">
<h${level}>${words(title, language)}: ${escapeHtml(sheet.vehicleName)}</h${level}>
<p>${escapeHtml(sheet.cityName)} · ${sheet.serviceDate} · ${words(planned, language)} ${escapeHtml(sheet.planId)}</p>
<dl>${sheet.facts.map((fact) => `<div><dt>${words(fact.name, language)}</dt><dd>${words(fact.value, language)}</dd></div>`).join('')}</dl>
<nav aria-label="${escapeHtml(inLanguage(navigation, language))}: ${escapeHtml(sheet.vehicleName)}"><ul>${links.join('')}</ul></nav>
<table><caption>${words(tick, language, '<br>')}</caption><thead><tr>${heads.join('')}${ticks.join('')}<th scope="col" class="note">${words(notes, language, '<br>')}</th></tr></thead>
<tbody>
${sheet.rows.map((row) => rowHtml(row, language)).join('\n')}
</tbody></table>
</section>`;
};

/** The sheets of one truck or several as one HTML page that needs nothing from anywhere: for a phone, and for A4 paper from its print dialog. */
export const renderSheetHtml = (sheets: readonly DriverSheet[], language: ExportLanguage): string => {
  const [first] = sheets;
  const title = `${inLanguage(sheetWords.title, language)}: ${sheets.length === 1 ? first?.vehicleName : (first?.serviceDate ?? '')}`;
  const several = sheets.length !== 1;
  return `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'vi'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${sheetStyle}</style>
</head>
<body>
<main>
${several ? `<h1>${escapeHtml(title)}</h1>` : ''}
${sheets.map((sheet) => sheetHtml(sheet, language, several ? 2 : 1)).join('\n')}
</main>
</body>
</html>
`;
};
