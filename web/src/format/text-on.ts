/** WCAG 2.2, "relative luminance" of an sRGB colour, 0 to 1. */
const luminance = (rgb: readonly number[]): number => {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const channel = part / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Where black and white text stand out alike: (L + 0.05) / 0.05 = 1.05 / (L + 0.05). */
const EVEN = Math.sqrt(1.05 * 0.05) - 0.05;

/** Black or white, whichever stands out more on a colour: at least 4.5 to 1 on any. */
export const textOn = (rgb: readonly number[]): '#000000' | '#ffffff' =>
  luminance(rgb) > EVEN ? '#000000' : '#ffffff';
