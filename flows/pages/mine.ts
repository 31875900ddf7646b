import { button, type Button, type Card, note, type Part, said } from '../../src/card.ts';
import type { Page } from '../../src/page.ts';
import type { Waiting } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { actor } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { bold, day, excerpt, minute, person, type Text, text, typed, words } from '../../src/text.ts';

interface Facts {
  waiting: readonly Waiting[];
  votes: readonly Derived['votes'][];
}

/** How many things are listed with buttons; a message takes no more. */
const MOST = 12;

/** My open things: what waits for the reader, soonest first, and the votes that are open. */
export const mine: Page<Facts> = {
  name: 'mine',
  needs: (_, moment) => [
    { as: 'waiting', rows: 'waiting', where: { person: actor(moment) }, order: ['due', 'asc'] },
    { as: 'votes', rows: 'votes', where: { phase: 'open' }, order: ['deadline', 'asc'] },
  ],
  show(_, { at }, { waiting: all, votes }): Card {
    const waiting = all.filter((thing) => (thing.from_at ?? at) <= at && (thing.until_at ?? Infinity) > at);
    const others = votes.filter((vote) => !waiting.some((thing) => thing.flow === vote.id));
    return {
      title: words('My open things'),
      parts: [
        ...(waiting.length === 0 ? [said(text`Nothing waits for you.`)] : waiting.slice(0, MOST).flatMap(thingParts)),
        ...(waiting.length > MOST ? [said(text`And ${waiting.length - MOST} more, later than these.`)] : []),
        ...(others.length > 0
          ? [
              said(text`${bold('Open votes')} without a ballot of yours to give:`),
              ...others.slice(0, MOST).map((vote) => said(text`${typed(vote.title)}, closes ${minute(vote.deadline)}`)),
            ]
          : []),
        note(text`All commands: /offshoot help. Which nudges you get: /offshoot mute`),
      ],
    };
  },
};

function thingParts(thing: Waiting): Part[] {
  return [said(sentenceOf(thing)), { kind: 'buttons', buttons: buttonsOf(thing) }];
}

function sentenceOf({ kind, key, title, due }: Waiting): Text {
  switch (kind) {
    case 'vote':
      return text`${bold('Your ballot')} on ${typed(title)}, until ${minute(due!)}`;
    case 'deputy':
      return text`${bold('The ballot of ')}${person(key as PersonId)}, for whom you stand in, on ${typed(title)}, until ${minute(due!)}`;
    case 'condition':
      return text`${bold('A condition to accept: ')}${typed(title)}`;
    case 'condition-do':
      return text`${bold('A condition to meet: ')}${typed(title)}, due ${day(due!)}`;
    case 'condition-judge':
      return text`${bold('A condition to accept as met: ')}${typed(title)}`;
    case 'calibration':
      return text`${bold('What came true of a decision: ')}${typed(title)}`;
    case 'appeal':
      return text`${bold('An appeal to answer: ')}${typed(title)}`;
    case 'reminder':
      return text`${bold('A check-in: ')}${typed(title)}, due ${day(due!)}`;
    case 'review':
      return key === 'weigh'
        ? text`${bold('A pilot review to decide: ')}${typed(title)}`
        : text`${bold('A pilot review to answer: ')}${typed(title)}, until ${minute(due!)}`;
    case 'readiness':
      return text`${bold('Readiness: ')}${typed(title)}, the ${key} area, until ${minute(due!)}`;
    case 'action':
      return text`${bold('An action: ')}${typed(title)}, due ${day(due!)}`;
    case 'ethics':
      return text`${bold('An ethics review to answer: ')}${typed(title)}, until ${minute(due!)}`;
    case 'roadblock':
      return text`${bold('A roadblock: ')}${typed(excerpt(title, 120))}, due ${day(due!)}`;
  }
}

function buttonsOf({ kind, flow, key }: Waiting): Button[] {
  switch (kind) {
    case 'vote':
      return [button('Vote', flow, 'ballot', { style: 'primary' }), button('Recuse myself', flow, 'recuse')];
    case 'deputy':
      return [button('Vote', flow, 'ballot', { style: 'primary', about: key })];
    case 'condition':
      return [button('Accept', flow, 'accept', { style: 'primary', about: key }), button('Hand back', flow, 'hand-back', { about: key })];
    case 'condition-do':
      return [button('Done', flow, 'done', { style: 'primary', about: key })];
    case 'condition-judge':
      return [
        button('Accept as met', flow, 'met', { style: 'primary', about: key }),
        button('Send back', flow, 'send-back', { about: key }),
      ];
    case 'calibration':
      return [button('What came true?', flow, 'calibrate', { style: 'primary' })];
    case 'appeal':
      return [button('Re-open the vote', flow, 'reopen', { style: 'primary' }), button('Dismiss the appeal', flow, 'dismiss')];
    case 'reminder':
      return [
        button('Done', flow, 'done', { style: 'primary', about: key }),
        button('Snooze', flow, 'snooze', { about: key }),
        button('Skip', flow, 'skip', { about: key }),
      ];
    case 'review':
      return key === 'weigh'
        ? [button('Weigh the answers', flow, 'flags', { style: 'primary' })]
        : [button('Start the review', flow, 'technical', { style: 'primary' }), button('Decline', flow, 'decline')];
    case 'readiness':
      return [button('Answer', flow, 'answer', { style: 'primary', about: key }), button('Hand on', flow, 'hand-on', { about: key })];
    case 'action':
      return [button('Done', flow, 'done', { style: 'primary' }), button('Move', flow, 'move'), button('Hand on', flow, 'hand-on')];
    case 'ethics':
      return [button('Answer', flow, 'answer', { style: 'primary' }), button('Hand on', flow, 'hand-on')];
    case 'roadblock':
      return [button('Resolved', flow, 'resolve', { style: 'primary' }), button('Change the response', flow, 'edit')];
  }
}
