import type { types } from '@slack/bolt';
import type { Reply } from '../../src/event.ts';
import { type Frame, picturesIn, UNFRAMED } from '../../src/exhibition.ts';
import type { Form } from '../../src/form.ts';
import type { Rooms } from '../../src/house.ts';
import { type Text, text, words } from '../../src/text.ts';
import { type Cast, castIn } from './cast.ts';
import { codeOf } from './faults.ts';
import { readingOf } from './message.ts';
import { formView, sayingView } from './modal.ts';
import type { People } from './people.ts';
import type { Pictures } from './pictures.ts';
import type { Places } from './places.ts';
import type { Received } from './receive.ts';
import { picturesOf, type Said, saidOf, sentenceOf, type Spoken } from './reply.ts';
import type { Team } from './team.ts';

/** Everything that is known once Slack has answered. */
export interface Desk {
  team: Team;
  people: People;
  places: Places;
  pictures: Pictures;
}

/** Makes the answers to Slack. */
export interface Clerk {
  desk(): Desk;
  /** The engine's reply; a fault of ours is a sentence to the person, too. */
  handle(received: Received): Promise<Reply>;
  /** Makes the text of a message what people see of it; who is not known here by name stays unnamed. */
  reading(text: string): Promise<(said: string) => string>;
  /** With the pictures that Slack has by now, and the others in words. */
  said(reply: Spoken, user: string): Promise<Said>;
  /** The pictures of what is answered, as far as Slack has them. */
  framed(reply: Reply): Promise<Frame>;
  /**
   * After something was said in words for want of its pictures: gives Slack the pictures, and then shows the whole of it or, where that
   * cannot be replaced, what it lacked.
   */
  illustrate(reply: Reply, user: string, show: (whole: Said, lacking: Said) => Promise<unknown>): Promise<void>;
  sentence(one: Text, user: string): Promise<Said>;
  /** The names that something to be shown needs, and the zone of its reader. */
  castFor(shown: unknown, user: string): Promise<[Cast, string]>;
  /** Opens a form where something was just pressed; false when Slack does not, as when that is too long ago. */
  openForm(trigger: string, reply: Asking, user: string): Promise<boolean>;
  /** Says something in a view, where there is no conversation. */
  sayInView(trigger: string, title: string, reply: Spoken, user: string): Promise<void>;
  /** Shows somebody's open things on their Home. With `again` only to those who have looked at it. */
  showHome(user: string, again?: 'again'): Promise<void>;
  /** How to let the bot in. */
  invitation(): Text;
}

export type Asking = Extract<Reply, { kind: 'form' | 'errors' }>;

export const isAsking = (reply: Reply): reply is Asking => reply.kind === 'form' || reply.kind === 'errors';

const picks = (shown: unknown): boolean => {
  const form = (shown as { form?: Form } | null)?.form;
  return form?.fields.some(({ kind }) => kind === 'person' || kind === 'people') ?? false;
};

export const NOT_OPENED = words('Slack did not open the form in time. Please try it again.');

/** The reply to an input that failed for a fault of ours. */
export const BROKEN: Reply = {
  kind: 'refused',
  text: words('Something went wrong on our side, and nothing was changed. Please try it again; it is in the log.'),
};

export function clerk({ engine, store, clock, log }: Rooms, desk: () => Desk): Clerk {
  const homes = new Set<string>();

  async function handle({ cause, user, where, press, answers, given, reported }: Received): Promise<Reply> {
    if ('refused' in press) return { kind: 'refused', text: press.refused };
    const { team, people } = desk();
    const context = {
      ...(where ? { where } : {}),
      ...(answers ? { answers } : {}),
      ...(given ? { given } : {}),
      ...(reported ? { reported } : {}),
    };
    try {
      return await engine.handle({ cause, installation: team.installation, by: { user }, press, ...context, at: clock.now() });
    } catch (fault) {
      log.error({ fault, to: press.to, input: press.input }, 'an input failed');
      return BROKEN;
    } finally {
      people.meet([user]);
    }
  }

  async function castFor(shown: unknown, user: string): Promise<[Cast, string]> {
    const { installation } = desk().team;
    const reader = await store.look((tables) => tables.identity(installation.id, user));
    return [await castIn(store, installation, shown, undefined, picks(shown)), reader?.zone ?? 'UTC'];
  }

  const framed = async (reply: Reply): Promise<Frame> => (reply.kind === 'card' ? await desk().pictures.known(reply.card) : UNFRAMED);

  const said = async (reply: Spoken, user: string): Promise<Said> => saidOf(reply, ...(await castFor(reply, user)), await framed(reply));

  async function illustrate(reply: Reply, user: string, show: (whole: Said, lacking: Said) => Promise<unknown>): Promise<void> {
    if (reply.kind !== 'card') return;
    const before = await framed(reply);
    const lacking = picturesIn(reply.card).filter((picture) => before(picture) === undefined);
    if (lacking.length === 0) return;
    const { team, pictures } = desk();
    await pictures.later(team, reply.card, async (frame) =>
      show(saidOf(reply, ...(await castFor(reply, user)), frame), picturesOf(lacking, frame)),
    );
  }

  /** Its id, or nothing when Slack does not open it. */
  async function openView(trigger_id: string, view: types.ModalView): Promise<string | undefined> {
    try {
      return (await desk().team.client.views.open({ trigger_id, view })).view?.id ?? '';
    } catch (fault) {
      const code = codeOf(fault);
      // The same press came twice, and the first one has its form.
      if (code === 'exchanged_trigger_id') return '';
      log.warn({ why: code ?? String(fault) }, 'Slack did not open a form');
      return undefined;
    }
  }

  return {
    desk,
    handle,
    castFor,
    reading: (text) => readingOf(store, desk().team.installation, text),
    said,
    framed,
    illustrate,
    async sayInView(trigger, title, reply, user) {
      const view_id = await openView(trigger, sayingView(title, (await said(reply, user)).blocks));
      if (view_id)
        await illustrate(reply, user, ({ blocks }) => desk().team.client.views.update({ view_id, view: sayingView(title, blocks) }));
    },
    sentence: async (one, user) => sentenceOf(one, ...(await castFor(one, user))),
    async openForm(trigger, reply, user) {
      const [cast] = await castFor(reply, user);
      const view = formView(reply.form, cast, reply.kind === 'form' ? reply.notice : undefined);
      return (await openView(trigger, view)) !== undefined;
    },
    async showHome(user, again) {
      if (again && !homes.has(user)) return;
      const reply = await handle({ cause: `slack home ${user}`, user, press: { to: 'mine', input: 'show' } });
      if (isAsking(reply)) return;
      homes.add(user);
      const publish = ({ blocks }: Said) => desk().team.client.views.publish({ user_id: user, view: { type: 'home', blocks } });
      await publish(await said(reply, user));
      await illustrate(reply, user, publish);
    },
    invitation: () =>
      text`I am not in that channel yet, so I cannot post there. Write /invite @${desk().team.bot.name} in it; what waits is then posted at once.`,
  };
}
