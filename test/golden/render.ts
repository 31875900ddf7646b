import { cardBlocks, notice } from '../../adapters/slack/blocks.ts';
import type { Cast } from '../../adapters/slack/cast.ts';
import { formView } from '../../adapters/slack/modal.ts';
import { type Frame, UNFRAMED } from '../../src/exhibition.ts';
import { digestOf } from '../../src/gallery.ts';
import { adaptiveCard, dialogPress } from '../../adapters/teams/card.ts';
import { formCard } from '../../adapters/teams/form.ts';
import type { Card } from '../../src/card.ts';
import type { Form } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { Names } from '../../src/text.ts';
import { CHAIR, PM, SPONSOR } from '../flows/given.ts';

export const PLATFORMS = ['slack', 'teams'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What a platform would be sent, names as long as the samples' size asks. */
export interface Rendering {
  card(card: Card): object;
  form(form: Form): object;
}

/** `pictures`: the platform has them, at addresses and by ids that follow from what they show; otherwise their words are shown. */
export function rendering(platform: Platform, longNames = false, pictures = true): Rendering {
  const frame = (named: (digest: string) => string): Frame => (pictures ? (picture) => named(digestOf(picture)) : UNFRAMED);
  const names = namesOf(longNames);
  const files = frame((digest) => `F${digest.slice(0, 10).toUpperCase()}`);
  const addresses = frame((digest) => `https://offshoot.example.com/pictures/${digest.slice(0, 22)}.png`);
  if (platform === 'slack') {
    const cast: Cast = {
      names,
      named: () => true,
      user: (id) => `U${id.slice(7).padStart(8, '0')}`,
      others: [],
      address: (id) => `C${id.slice(8).padStart(8, '0')}`,
    };
    return {
      card: (card) => ({
        text: notice(card, cast, 'UTC'),
        blocks: cardBlocks(card, cast, 'UTC', files),
      }),
      form: (form) => withoutNonce(formView(form, cast)),
    };
  }
  const people = longNames ? Array.from({ length: 500 }, (_, index): PersonId => `person/${index + 1}`) : [CHAIR, PM, SPONSOR];
  const choices = {
    people: people.map((id) => ({ id, name: names.person(id) })),
    channels: [{ id: 'channel/1' as const, name: names.channel('channel/1') }],
  };
  return {
    card: (card) => adaptiveCard(card, names, dialogPress, addresses),
    form: (form) => formCard(form, { names, choices, zone: 'Europe/Berlin' }, { press: form.press.to }),
  };
}

/** Block ids are new each time. */
const withoutNonce = (view: object): object =>
  JSON.parse(JSON.stringify(view).replaceAll(/"block_id":"[0-9a-f]{8} /g, '"block_id":"nonce ')) as object;

function namesOf(long: boolean): Names {
  const roles = new Map<string, string>([
    [CHAIR, 'Chair'],
    [PM, 'PM'],
    [SPONSOR, 'Sponsor'],
  ]);
  const usual = (id: string) => roles.get(id) ?? `Member ${Number(id.slice(7)) - 1}`;
  return {
    person: (id) => (long ? usual(id).padEnd(80, ' x') : usual(id)),
    channel: (id) => (long ? 'c'.repeat(80) : id.replace('/', '-')),
  };
}
