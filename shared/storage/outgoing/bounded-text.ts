/** The body as text, up to so many bytes; the rest is not read. */
export const boundedText = async (response: Response, most: number): Promise<string> => {
  if (response.body === null) return '';
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(pieces).subarray(0, most).toString('utf8');
};
