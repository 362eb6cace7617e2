/** What a crew's photo may be: what every phone's browser can make and every browser can show. */
export const photoTypes = ['image/jpeg', 'image/webp'] as const;
export type PhotoType = (typeof photoTypes)[number];

/** A function takes 6 MB in Base64; the phone's page sends about a tenth of this. */
export const MAX_PHOTO_BYTES = 3_000_000;

export type Photo = { readonly type: PhotoType; readonly bytes: Uint8Array };

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte);

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));

/** The type that the first bytes tell; `undefined` for anything else, whatever its sender calls it. */
export const photoTypeOf = (bytes: Uint8Array): PhotoType | undefined => {
  // JPEG: start of image, then a marker. WebP: a RIFF container of that form type.
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  return startsWith(bytes, ascii('RIFF')) && startsWith(bytes, ascii('WEBP'), 8) ? 'image/webp' : undefined;
};

/** Where the photo of a report lies: what a report's `photoKey` says. */
export const photoKeyOf = (reportId: string): string => `crew-photos/${reportId.toLowerCase()}`;

/** Where photos lie, one for a report, never replaced. A port. */
export type CrewPhotoStore = {
  /** `known` where these very bytes are there already, `differs` where others are; neither changes anything. */
  readonly put: (reportId: string, photo: Photo) => Promise<'stored' | 'known' | 'differs'>;
  readonly get: (reportId: string) => Promise<Photo | undefined>;
};
