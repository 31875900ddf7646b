import { z } from 'zod';
import type { Raw } from '../../src/form.ts';
import { MAX } from '../../src/form.ts';
import { excerpt } from '../../src/text.ts';
import { unescaped } from './receive.ts';

/** The command in the menu of a message. */
export const PUT_EVIDENCE = 'putEvidence';

const payload = z.object({
  body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
  attachments: z.array(z.object({ name: z.string().nullish() })).nullish(),
  linkToMessage: z.string().nullish(),
});

/** What the message that somebody chose puts into the form for evidence; nothing where Teams does not hand it over. */
export function givenBy(message: unknown): Raw {
  const { success, data } = payload.safeParse(message);
  if (!success) return {};
  const { body, attachments, linkToMessage } = data;
  const content = body?.content ?? '';
  const read = body?.contentType === 'text' ? content : readable(content);
  const files = (attachments ?? []).map(({ name }) => name ?? '');
  const says = [read, ...files].filter((one) => one.trim() !== '').join('\n');
  return { says: excerpt(says.trim(), MAX.text), ...(linkToMessage ? { link: withoutNames(linkToMessage) } : {}) };
}

/** A tag or a comment. Nothing is made of it but the ends of lines: whatever else stands there is characters. */
const TAG = /(<[a-z/!?][^<>]*>)/i;
const BREAKS = /^<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote|\/pre)\b/i;
/** What stands between these is not read by anybody. */
const UNREAD = /^<(script|style|head|title)\b/i;
/** A picture of a face says what it means. */
const ALT = /^<(?:img|emoji)\b[^<>]*?\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const LINK = /^<a\b[^<>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** HTML as people read it: characters and line feeds, a link with where it leads. */
export function readable(html: string): string {
  let said = '';
  let link: { url: string; from: number } | undefined;
  let unread: string | undefined;
  for (const part of html.split(TAG)) {
    const isTag = TAG.test(part);
    if (unread !== undefined) {
      if (isTag && part.toLowerCase().startsWith(`</${unread}`)) unread = undefined;
    } else if (!isTag) {
      said += unescaped(part.replaceAll(/[ \t\r\n]+/g, ' '));
    } else if (UNREAD.test(part)) {
      unread = UNREAD.exec(part)![1]!.toLowerCase();
    } else if (BREAKS.test(part)) {
      said += '\n';
    } else if (ALT.test(part)) {
      const [, double, single] = ALT.exec(part)!;
      said += unescaped(double ?? single ?? '');
    } else if (LINK.test(part)) {
      const [, double, single] = LINK.exec(part)!;
      link = { url: unescaped(double ?? single ?? ''), from: said.length };
    } else if (link && /^<\/a\b/i.test(part)) {
      said += whereTo(link.url, said.slice(link.from));
      link = undefined;
    }
  }
  return said
    .replaceAll(/[ \u00a0]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Where a link leads, unless its label says it. */
function whereTo(url: string, label: string): string {
  const shown = label.trim();
  if (!/^https?:\/\//i.test(url) || [url, url.replace(/^https?:\/\//i, '')].includes(shown)) return '';
  return shown === '' ? url : ` (${url})`;
}

/** Teams repeats in its links what team and channel are called and when the message was written; the ids are what leads there. */
function withoutNames(link: string): string {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  for (const name of ['teamName', 'channelName', 'createdTime', 'allowXTenantAccess']) url.searchParams.delete(name);
  return url.href;
}
