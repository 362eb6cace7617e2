import { describe, expect, it } from 'vitest';
import { en } from '../../web/src/i18n/en.ts';
import { preferredLanguage } from '../../web/src/i18n/language.ts';
import { vi } from '../../web/src/i18n/vi.ts';

const keys = Object.keys(vi).sort() as (keyof typeof vi)[];

/** What a message says when its gaps are filled with marks that can be found again. */
const spoken = (message: string | ((...parts: string[]) => string)): string =>
  typeof message === 'string' ? message : message(...Array.from({ length: message.length }, (_, gap) => `‹${gap}›`));

const gapsOf = (text: string): string[] => [...text.matchAll(/‹\d›/g)].map(([gap]) => gap).sort();

describe('the two dictionaries', () => {
  it('have the same keys, none empty', () => {
    expect(Object.keys(en).sort()).toEqual(keys);
    for (const key of keys) {
      expect(spoken(vi[key]), key).not.toBe('');
      expect(spoken(en[key]), key).not.toBe('');
    }
  });

  it('fill the same gaps', () => {
    for (const key of keys) expect(gapsOf(spoken(en[key])), key).toEqual(gapsOf(spoken(vi[key])));
  });

  it('say something different, but for names and pure formats', () => {
    const alike = keys.filter((key) => spoken(en[key]) === spoken(vi[key]));
    expect(alike).toEqual(['appName', 'flagWithTest', 'routeTime']);
  });

  it('keep Vietnamese out of the English one', () => {
    const foreign = keys.filter(
      (key) => key !== 'appName' && /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i.test(spoken(en[key])),
    );
    expect(foreign).toEqual([]);
  });
});

describe('the language at the first visit', () => {
  it.each([
    [['en-GB', 'vi'], 'en'],
    [['vi-VN', 'en'], 'vi'],
    [['fr-FR', 'en-US'], 'en'],
    [['fr-FR', 'ja'], 'vi'],
    [[], 'vi'],
  ])('for a browser that asks for %j is %s', (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});
