import { drawn } from './card.ts';
import { element, part } from './element.ts';
import { dayOf, momentOf, timeOf } from './moment.ts';
import type { Message } from './wire.ts';

export interface Timeline {
  /** Shows these messages; what did not change stays as it is, with its focus. */
  show(place: string, messages: readonly Message[]): void;
}

type Act = (address: string, button: HTMLButtonElement) => void;

/** The messages of a channel, oldest first, threads below their parents. */
export function timeline(act: Act): Timeline {
  const frame = part('timeline');
  const list = part('messages');
  let kept = new Map<number, { digest: string; article: HTMLElement }>();
  let shown = '';
  let atEnd = true;
  frame.addEventListener('scroll', () => {
    atEnd = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 40;
  });
  // Who reads the newest goes on reading it, whatever takes room below.
  new ResizeObserver(() => toEnd()).observe(frame);

  function toEnd(): void {
    if (atEnd) frame.scrollTop = frame.scrollHeight;
  }

  function articleOf(message: Message): HTMLElement {
    const digest = JSON.stringify(message);
    const known = kept.get(message.id);
    if (known?.digest === digest) return known.article;
    const article = drawnMessage(message, act);
    kept.set(message.id, { digest, article });
    return article;
  }

  return {
    show(place, messages) {
      if (place !== shown) {
        kept = new Map();
        atEnd = true;
      }
      shown = place;
      list.replaceChildren(...rows(messages, articleOf));
      if (messages.length === 0) list.append(element('li', { class: 'empty' }, 'Nothing has been said here yet.'));
      toEnd();
    },
  };
}

function rows(messages: readonly Message[], articleOf: (message: Message) => HTMLElement): HTMLElement[] {
  const ids = new Set(messages.map((message) => message.id));
  const isTop = (message: Message) => message.thread === null || !ids.has(message.thread);
  let day = '';
  return messages.filter(isTop).flatMap((message) => {
    const replies = messages.filter((reply) => reply.thread === message.id);
    const row = element('li', {}, articleOf(message));
    if (replies.length > 0)
      row.append(
        element('ol', { class: 'thread', 'aria-label': 'Thread' }, ...replies.map((reply) => element('li', {}, articleOf(reply)))),
      );
    const before = day;
    day = dayOf(message.at);
    return day === before ? [row] : [element('li', { class: 'day' }, day), row];
  });
}

function drawnMessage(message: Message, act: Act): HTMLElement {
  const { author, at, edited, card, text } = message;
  const body = card ? element('div', { class: 'card' }, drawn(card, act).element) : element('p', { class: 'typed' }, text);
  return element(
    'article',
    { class: card ? 'message house' : 'message', 'data-id': message.id },
    card ? mark() : element('span', { class: 'face', 'aria-hidden': 'true' }, initials(author)),
    element(
      'header',
      {},
      element('strong', {}, author),
      element('time', { datetime: new Date(at).toISOString(), title: momentOf(at) }, timeOf(at)),
      edited ? element('span', { class: 'edited' }, 'updated') : undefined,
    ),
    body,
  );
}

/** `PM`, `C`, `M2`. */
export function initials(name: string): string {
  const [first = '', second = ''] = name.split(' ');
  return first === first.toUpperCase() ? first.slice(0, 2) : `${first.slice(0, 1)}${second.slice(0, 1)}`;
}

function mark(): HTMLElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '/page/mark.svg#mark');
  svg.append(use);
  return element('span', { class: 'face mark', 'aria-hidden': 'true' }, svg);
}
