import type { MailboxLetter } from './mailbox.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const letterHtml = ({ at, message, attributes }: MailboxLetter): string => {
  const about = Object.entries(attributes).map(([name, value]) => `${name}: ${value}`);
  const time = new Date(at).toISOString();
  return `<article><h2><time datetime="${time}">${time}</time></h2><p>${escaped(about.join(' · '))}</p><pre>${escaped(message)}</pre></article>`;
};

/** The letters of the local city as a page without scripts, newest first. */
export const mailboxPage = (letters: readonly MailboxLetter[]): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>Hộp thư · Mailbox</title></head><body><h1>Hộp thư · Mailbox (${letters.length})</h1>` +
  `${letters.map(letterHtml).join('') || '<p>Chưa có thư nào. No letters yet.</p>'}</body></html>`;
