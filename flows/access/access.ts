import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused, type Step } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { text, typed } from '../../src/text.ts';
import { administratorsNeed, mayAdminister } from '../administrator/may.ts';

/** One act of an administrator on what programs outside may ask or are told. No secret and no whole address is ever in it. */
export interface Access {
  by: PersonId;
  at: number;
  did: 'token' | 'revoke' | 'webhook' | 'remove' | 'try';
  /** The token's name, or the webhook's host. */
  what: string;
}

interface Facts {
  administrators: readonly Derived['administrators'][];
  revoke?: readonly Readable['token_list'][];
  remove?: readonly Readable['webhook_list'][];
  try?: readonly Readable['webhook_list'][];
  /** How many there are. */
  webhooks?: readonly Readable['webhook_list'][];
  /** Why the address that was typed is not called. */
  barred?: readonly string[];
}

/** A workspace has no more webhooks: each is told of everything. */
const MOST = 20;

/** The longest address. */
const LONGEST = 500;

const naming = z.object({
  name: field.name('What is it for?', { hint: 'Like “deploy pipeline”: the list shows it, with the day of its latest use.' }),
});
const addressing = z.object({
  url: field.lines('Address', { hint: 'It begins with https:// and is in a public network, like https://example.com/offshoot' }, LONGEST),
});

type Said = Partial<z.infer<typeof naming> & z.infer<typeof addressing>>;

/** Makes and revokes tokens, adds, tries and removes webhooks. What is meant stands in the button: `token`, `revoke 3`. */
export const access: Flow<Access, { type: never }, Facts> = {
  name: 'access',
  version: 1,
  state: z.custom<Access>(),

  open: {
    from: 'person',
    needs(about): readonly Need[] {
      const [, act, number] = /^(revoke|remove|try) ([1-9]\d{0,9})$/.exec(about) ?? [];
      const where = { id: Number(number) };
      if (act === 'revoke') return [administratorsNeed, { as: act, rows: 'token_list', where }];
      if (act) return [administratorsNeed, { as: act, rows: 'webhook_list', where }];
      return [administratorsNeed, { as: 'webhooks', rows: 'webhook_list', limit: MOST }];
    },
    calls: (answers) => (typeof answers['url'] === 'string' ? answers['url'].trim() : undefined),
    question(about, moment, { administrators, revoke, remove, try: tried }) {
      const barred = mayAdminister(moment, administrators);
      if (barred) return barred;
      if (tried)
        return tried[0]
          ? {
              title: 'Send a test',
              submit: 'Send it',
              schema: z.object({}),
              intro: [text`To ${typed(hostOf(tried[0].url))}, number ${tried[0].id}. What came of it stands below the list of webhooks.`],
            }
          : noWebhook();
      if (revoke)
        return revoke[0]?.revoked_at === null
          ? {
              title: 'Revoke the token',
              submit: 'Revoke',
              schema: z.object({}),
              intro: [text`${typed(revoke[0].name)}, number ${revoke[0].id}. Programs that show it are refused from then on.`],
            }
          : refused(text`There is no such token any more. Those that are good: /offshoot token`);
      if (remove)
        return remove[0]
          ? {
              title: 'Remove the webhook',
              submit: 'Remove',
              schema: z.object({}),
              intro: [text`${typed(hostOf(remove[0].url))}, number ${remove[0].id}. What it is still owed is not sent.`],
            }
          : noWebhook();
      if (about === 'webhook')
        return {
          title: 'Add a webhook',
          submit: 'Add',
          schema: addressing,
          intro: [text`It is told of each decision from now on. What signs the deliveries is shown to you once, when it is added.`],
        };
      return {
        title: 'Make a token',
        submit: 'Make it',
        schema: naming,
        intro: [text`With it a program asks whether an initiative may go on. It is shown to you once, and kept nowhere.`],
      };
    },
    start({ name, url }: Said, moment, facts): Step<Access> {
      const barred = mayAdminister(moment, facts.administrators);
      if (barred) return barred;
      const { at } = moment;
      if (name !== undefined)
        return {
          ...acted(moment, 'token', name),
          keep: [{ kind: 'token', name, at }],
          say: text`${typed(name)} is made. ${ONCE} revoke it and make another one: /offshoot token`,
        };
      if (url !== undefined) {
        const [why] = facts.barred ?? [];
        if (why !== undefined) return refused(text`${why}`, 'url');
        if ((facts.webhooks ?? []).length >= MOST)
          return refused(text`This workspace has ${MOST} webhooks already. Remove one first: /offshoot webhook`, 'url');
        return {
          ...acted(moment, 'webhook', hostOf(url)),
          keep: [{ kind: 'webhook', url, at }],
          say: text`${typed(hostOf(url))} is told of each decision from now on. ${ONCE} remove it and add it again: /offshoot webhook`,
        };
      }
      if (facts.revoke) {
        const [token] = facts.revoke;
        if (token?.revoked_at !== null) return refused(text`There is no such token any more. Those that are good: /offshoot token`);
        return {
          ...acted(moment, 'revoke', token.name),
          keep: [{ kind: 'revoke', token: token.id, at }],
          say: text`${typed(token.name)} is revoked.`,
        };
      }
      const [hook] = facts.remove ?? facts.try ?? [];
      if (!hook) return noWebhook();
      const did = facts.remove ? 'remove' : 'try';
      return {
        ...acted(moment, did, hostOf(hook.url)),
        keep: [{ kind: did, webhook: hook.id, at }],
        say: facts.remove
          ? text`${typed(hostOf(hook.url))} is removed.`
          : text`A test is on its way to ${typed(hostOf(hook.url))}. What came of it: /offshoot webhook`,
      };
    },
  },

  inputs: {},
  step: () => refused(text`There is nothing to answer.`),
  // An address may hold a key of the other side, so the journal says only that one was added; the state says by whom.
  sealed: (state) => state.did === 'webhook',
  surfaces: () => [],
  timers: () => [],
  records: () => [],
  settled: () => true,
};

const ONCE = text`What it takes is shown this once, below. Where you see nothing there,`;

const noWebhook = () => refused(text`There is no such webhook any more. Those that there are: /offshoot webhook`);

const acted = (moment: Moment, did: Access['did'], what: string): { state: Access } => ({
  state: { by: actor(moment), at: moment.at, did, what },
});

/** Of an address only the host is shown: the rest may be as good as a key. */
export const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? 'an address';
