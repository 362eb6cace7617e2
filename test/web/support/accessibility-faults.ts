import type { Page } from 'playwright-core';

/** Controls that a screen reader could not name. */
const namelessControls = (): string[] => {
  const labelOf = (element: Element): string =>
    element instanceof HTMLInputElement || element instanceof HTMLSelectElement
      ? [...(element.labels ?? [])].map(({ textContent }) => textContent).join('')
      : (element.textContent ?? '');
  return [...document.querySelectorAll('button, a[href], input, select, summary, progress')]
    .filter((element) => element.closest('[aria-hidden=true]') === null && element.checkVisibility())
    .filter((element) => `${element.getAttribute('aria-label') ?? ''}${labelOf(element)}`.trim() === '')
    .map((element) => `nameless: ${element.outerHTML}`);
};

/** Pictures without words, tables without captions, header cells without a direction. */
const wordless = (): string[] =>
  ['img:not([alt])', 'svg:not([aria-hidden=true]):not([aria-label])', 'table:not(:has(> caption))', 'th:not([scope])']
    .flatMap((selector) => [...document.querySelectorAll(selector)])
    .map((element) => `wordless: ${element.outerHTML.slice(0, 200)}`);

const brokenReferences = (): string[] => {
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const doubles = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `double id: ${id}`);
  const lost = ['aria-controls', 'aria-labelledby', 'aria-describedby'].flatMap((attribute) =>
    [...document.querySelectorAll(`[${attribute}]`)]
      .flatMap((element) => (element.getAttribute(attribute) ?? '').split(/\s+/))
      .filter((id) => !ids.includes(id))
      .map((id) => `${attribute} leads nowhere: ${id}`),
  );
  return [...doubles, ...lost];
};

/** One h1, one main, and no level left out on the way down. */
const outline = (): string[] => {
  const headings = [...document.querySelectorAll('h1, h2, h3, h4')].filter((heading) => heading.checkVisibility());
  const levels = headings.map(({ tagName }) => Number(tagName.slice(1)));
  const skips = headings
    .filter((_, index) => (levels[index] ?? 0) > (levels[index - 1] ?? 0) + 1)
    .map(({ textContent }) => `a level is skipped before: ${textContent}`);
  const singles = ['h1', 'main'].filter((name) => document.querySelectorAll(name).length !== 1);
  return [...skips, ...singles.map((name) => `not one ${name}`)];
};

/** What axe would find first. */
export const accessibilityFaults = async (page: Page): Promise<string[]> =>
  (
    await Promise.all([namelessControls, wordless, brokenReferences, outline].map((check) => page.evaluate(check)))
  ).flat();
