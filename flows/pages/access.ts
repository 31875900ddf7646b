import { button, type Card, note, type Part, said } from '../../src/card.ts';
import type { Page } from '../../src/page.ts';
import type { Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, day, minute, type Text, text, typed, words } from '../../src/text.ts';
import { hostOf } from '../access/access.ts';
import { administratorsNeed, mayAdminister } from '../administrator/may.ts';

/** So many are listed, each with its buttons; a message takes no more. */
const MOST = 10;

/** So many of the latest deliveries are listed. */
const DELIVERIES = 10;

type Administrators = readonly Derived['administrators'][];

/** `/offshoot token`: by what programs ask, for administrators. */
export const tokens: Page<{ administrators: Administrators; tokens: readonly Readable['token_list'][] }> = {
  name: 'tokens',
  needs: () => [
    administratorsNeed,
    { as: 'tokens', rows: 'token_list', where: { revoked_at: null }, order: ['id', 'desc'], limit: MOST + 1 },
  ],
  show(_, moment, { administrators, tokens: all }): Card | (ReturnType<typeof mayAdminister> & object) {
    const barred = mayAdminister(moment, administrators);
    if (barred) return barred;
    return {
      title: words('Tokens'),
      parts: [
        ...(all.length === 0 ? [said(text`There is no token that is good.`)] : []),
        ...all
          .slice(0, MOST)
          .flatMap((one): Part[] => [
            said(
              text`${bold(`${one.id} `)}${typed(one.name)}, made ${day(one.created_at)}, ${one.used_on ? `last used on ${one.used_on}` : 'never used'}`,
            ),
            { kind: 'buttons', buttons: [button(`Revoke token ${one.id}`, 'access', 'open', { about: `revoke ${one.id}` })] },
          ]),
        ...(all.length > MOST ? [said(text`And more, which npx offshoot token list shows.`)] : []),
        note(text`With a token a program asks whether an initiative may go on, and nothing else. It is shown once, when it is made.`),
      ],
      buttons: [button('Make a token', 'access', 'open', { style: 'primary', about: 'token' })],
    };
  },
};

/** `/offshoot webhook`: who is told of decisions, and what came of it lately, for administrators. */
export const webhooksPage: Page<{
  administrators: Administrators;
  webhooks: readonly Readable['webhook_list'][];
  deliveries: readonly Readable['delivery_list'][];
}> = {
  name: 'webhooks',
  needs: () => [
    administratorsNeed,
    { as: 'webhooks', rows: 'webhook_list', order: ['id', 'desc'], limit: MOST + 1 },
    { as: 'deliveries', rows: 'delivery_list', order: ['id', 'desc'], limit: DELIVERIES },
  ],
  show(_, moment, { administrators, webhooks, deliveries }) {
    const barred = mayAdminister(moment, administrators);
    if (barred) return barred;
    return {
      title: words('Webhooks'),
      parts: [
        ...(webhooks.length === 0 ? [said(text`There is no webhook.`)] : []),
        ...webhooks.slice(0, MOST).flatMap((one): Part[] => [
          said(text`${bold(`${one.id} `)}${typed(hostOf(one.url))}, since ${day(one.created_at)}`),
          {
            kind: 'buttons',
            buttons: [
              button(`Send a test to ${one.id}`, 'access', 'open', { about: `try ${one.id}` }),
              button(`Remove webhook ${one.id}`, 'access', 'open', { about: `remove ${one.id}` }),
            ],
          },
        ]),
        ...(webhooks.length > MOST ? [said(text`And more, which npx offshoot webhook list shows.`)] : []),
        ...(deliveries.length > 0
          ? [
              { kind: 'heading' as const, text: words('Latest deliveries') },
              { kind: 'list' as const, items: deliveries.map(deliveryText) },
            ]
          : []),
        note(
          text`Addresses are shown without their paths, which may be as good as a key. What is sent, and how its signature is checked: docs/webhooks.md`,
        ),
      ],
      buttons: [button('Add a webhook', 'access', 'open', { style: 'primary', about: 'webhook' })],
    };
  },
};

function deliveryText({ webhook, event, state, tries, code, why, next_at: next }: Readable['delivery_list']): Text {
  const came = [code === null ? '' : `answered ${code}`, tries > 1 ? `${tries} tries` : ''].filter(Boolean).join(', ');
  return text`To ${webhook}: ${event}, ${bold(state)}${came && `, ${came}`}${state !== 'delivered' && why && text`, ${typed(why)}`}${state === 'owed' && next > 0 && text`, again ${minute(next)}`}`;
}
