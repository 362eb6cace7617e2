import fonts from 'pdfmake/build/vfs_fonts.js';
import printerModule from 'pdfmake/js/Printer.js';

/** What pdfmake is told to print, as plain data (`docDefinition` in its manual). */
export type PrintableDefinition = { readonly [key: string]: unknown };

export type PrintOptions = {
  readonly tableLayouts?: Readonly<Record<string, unknown>>;
  /** False leaves the page's text readable in the bytes, for tests. */
  readonly compress?: boolean;
};

const bytesOf = (name: string): Buffer => {
  const base64 = fonts[name];
  if (base64 === undefined) throw new Error(`pdfmake comes without ${name}`);
  return Buffer.from(base64, 'base64');
};

/** Made once; pdfmake replaces the wrappers in place, so each document gets its own. */
const roboto = {
  normal: bytesOf('Roboto-Regular.ttf'),
  bold: bytesOf('Roboto-Medium.ttf'),
  italics: bytesOf('Roboto-Italic.ttf'),
  bolditalics: bytesOf('Roboto-MediumItalic.ttf'),
};

/** Bundlers and Node differ in what an old module's default is. */
const Printer = 'default' in printerModule ? printerModule.default : printerModule;

const fontDescriptors = () => ({
  Roboto: Object.fromEntries(Object.entries(roboto).map(([style, url]) => [style, { url }])),
});

/** Nothing is loaded from a disk or a network while printing: fonts come as bytes, pictures as text. */
const noFiles = { existsSync: () => false };
const noUrls = { resolve: () => undefined, resolved: async () => undefined };

/**
 * Prints a document in Roboto, whose letters cover Vietnamese. The same definition gives the same bytes when it names its
 * `creationDate` and `modDate`.
 * @throws Error for a definition that pdfmake cannot lay out.
 */
export const printPdf = async (definition: PrintableDefinition, options: PrintOptions = {}): Promise<Buffer> => {
  const { tableLayouts = {}, compress = true } = options;
  const printer = new Printer(fontDescriptors(), noFiles, noUrls, () => false);
  const document = await printer.createPdfKitDocument({ ...definition, compress }, { tableLayouts });
  const chunks: Buffer[] = [];
  document.on('data', (chunk) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
    document.end();
  });
  return Buffer.concat(chunks);
};
