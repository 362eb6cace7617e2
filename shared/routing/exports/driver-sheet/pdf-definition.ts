import { type Bilingual, type ExportLanguage, inLanguage } from '../plan-words.ts';
import type { DriverSheet, SheetRow } from './sheet.ts';
import { outcomeWords, sheetWords } from './sheet-words.ts';

/** A node of pdfmake's document definition. */
type Node = { readonly [key: string]: unknown };

const QUIET = '#444444';
const HEAD = '#e6efea';
const APART = '#f0f0f0';
/** A4 upright in points, its margins, and what is left for the place. */
const WIDTHS = [22, 32, '*', 34, 34, 34, 34, 80] as const;

const text = (words: Bilingual, language: ExportLanguage, between = '\n'): readonly Node[] =>
  language !== 'both' || words.vi === words.en
    ? [{ text: inLanguage(words, language) }]
    : [{ text: words.vi }, { text: `${between}${words.en}`, italics: true, color: QUIET }];

const rowCells = ({ kind, number, time, name, facts, reason }: SheetRow, language: ExportLanguage): readonly Node[] => {
  const fill = kind === 'bin' ? {} : { fillColor: APART };
  const small = (words: Bilingual): Node => ({ text: text(words, language, ' / '), fontSize: 7.5 });
  const place = [
    { text: text(name, language, ' / '), bold: true },
    ...(facts.vi === '' ? [] : [small(facts)]),
    ...(reason ? [small(reason)] : []),
  ];
  const ticks = outcomeWords.map(() => ({ text: '', ...fill }));
  return [
    { text: number === undefined ? '' : String(number), bold: true, alignment: 'center', ...fill },
    { text: time, bold: true, ...fill },
    { stack: place, ...fill },
    ...ticks,
    { text: '', ...fill },
  ];
};

const tableNode = ({ rows }: DriverSheet, language: ExportLanguage): Node => {
  const { number, time, place, notes } = sheetWords;
  const heads = [number, time, place, ...outcomeWords, notes].map((words) => ({
    text: text(words, language),
    fontSize: 6.5,
    bold: true,
    fillColor: HEAD,
  }));
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [...WIDTHS],
      // A tick needs room even where a name is short.
      heights: (row: number) => (row === 0 ? 'auto' : 24),
      body: [heads, ...rows.map((row) => rowCells(row, language))],
    },
    layout: 'sheet',
    fontSize: 9,
  };
};

/** Codes that a phone's camera opens as directions, four a row. */
const navigationNodes = ({ navigation }: DriverSheet, language: ExportLanguage): readonly Node[] => {
  const codes = navigation.map(({ from, to, last, url }) => ({
    stack: [
      { qr: url, fit: 96, eccLevel: 'L' },
      {
        text: `${inLanguage(sheetWords.places, language)} ${from === to ? from : `${from}–${to}`} → ${last}`,
        fontSize: 7,
        margin: [0, 3, 0, 0],
      },
    ],
    width: 110,
  }));
  const rows = Array.from({ length: Math.ceil(codes.length / 4) }, (_, row) => ({
    columns: codes.slice(row * 4, row * 4 + 4),
    columnGap: 12,
    margin: [0, 4, 0, 4],
    unbreakable: true,
  }));
  if (rows.length === 0) return [];
  const heading = { text: inLanguage(sheetWords.navigation, language), bold: true, margin: [0, 10, 0, 0] };
  return [{ stack: [heading, rows[0]], unbreakable: true }, ...rows.slice(1)];
};

const sheetNodes = (sheet: DriverSheet, language: ExportLanguage, index: number): readonly Node[] => {
  const { title, planned, tick, signature } = sheetWords;
  const facts = sheet.facts.flatMap(({ name, value }, place) => [
    { text: `${place === 0 ? '' : '   ·   '}${inLanguage(name, language)}: `, color: QUIET },
    { text: inLanguage(value, language), bold: true },
  ]);
  return [
    {
      text: `${inLanguage(title, language)}: ${sheet.vehicleName}`,
      fontSize: 15,
      bold: true,
      ...(index > 0 && { pageBreak: 'before' }),
    },
    {
      text: `${sheet.cityName} · ${sheet.serviceDate} · ${inLanguage(planned, language)} ${sheet.planId}`,
      fontSize: 9,
    },
    { text: facts, fontSize: 9, margin: [0, 4, 0, 2] },
    { text: text(tick, language), fontSize: 7.5, margin: [0, 0, 0, 4] },
    tableNode(sheet, language),
    { text: `${inLanguage(signature, language)}: ______________________________`, margin: [0, 14, 0, 0], fontSize: 9 },
    ...navigationNodes(sheet, language),
  ];
};

/** Table lines of the sheets, for the printer. */
export const sheetTableLayouts = {
  sheet: {
    hLineWidth: () => 0.6,
    vLineWidth: () => 0.6,
    hLineColor: () => '#666666',
    vLineColor: () => '#666666',
    paddingLeft: () => 3,
    paddingRight: () => 3,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
};

/** The sheets of one truck or several as a document for the printer: A4 upright, each truck on pages of its own. The same sheets give the same bytes. */
export const sheetPdfDefinition = (sheets: readonly DriverSheet[], language: ExportLanguage): Node => {
  const [first] = sheets;
  const at = new Date(first?.plannedAt ?? 0);
  return {
    pageSize: 'A4',
    pageMargins: [30, 30, 30, 36],
    defaultStyle: { font: 'Roboto', fontSize: 9 },
    info: {
      title: `${inLanguage(sheetWords.title, language)} ${first?.serviceDate ?? ''}`,
      creator: 'Phố Sạch',
      creationDate: at,
      modDate: at,
    },
    footer: (page: number, pages: number) => ({
      text: `${first?.planId ?? ''} · ${page}/${pages}`,
      alignment: 'center',
      fontSize: 7,
      color: QUIET,
    }),
    content: sheets.flatMap((sheet, index) => sheetNodes(sheet, language, index)),
  };
};
