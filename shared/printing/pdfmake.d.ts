/** The part of pdfmake that prints without a file system; its public types know only the part with one. */
declare module 'pdfmake/js/Printer.js' {
  type PdfStream = {
    on(event: 'data', listener: (chunk: Buffer) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    end(): void;
  };
  class PdfPrinter {
    constructor(fonts: object, files: object, urls: object, mayReadFile: (path: string) => boolean);
    createPdfKitDocument(definition: object, options: object): Promise<PdfStream>;
  }
  const exported: typeof PdfPrinter | { readonly default: typeof PdfPrinter };
  export default exported;
}
