/** Enough to read a plate or a lock; a tenth of what a phone's camera makes. */
const LONGEST_SIDE = 1_600;
const QUALITIES = [0.8, 0.6, 0.4] as const;
const WANTED_BYTES = 600_000;

const encode = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No JPEG'))), 'image/jpeg', quality),
  );

/**
 * A photo small enough for a poor network, upright, as JPEG. It is drawn anew, so what cameras write beside the picture (place, device) stays on
 * the phone.
 * @throws Error for a file that is no picture.
 */
export const shrinkPhoto = async (file: Blob): Promise<Blob> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  let smallest: Blob | undefined;
  for (const quality of QUALITIES) {
    smallest = await encode(canvas, quality);
    if (smallest.size <= WANTED_BYTES) return smallest;
  }
  if (smallest === undefined) throw new Error('No JPEG');
  return smallest;
};
