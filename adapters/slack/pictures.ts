import { setTimeout as pause } from 'node:timers/promises';
import { Budget } from '../../src/budget.ts';
import type { Card } from '../../src/card.ts';
import { type Frame, NOTED, picturesIn, UNFRAMED } from '../../src/exhibition.ts';
import { digestOf } from '../../src/gallery.ts';
import type { Rooms } from '../../src/house.ts';
import { DeliveryFault } from '../../src/messenger.ts';
import type { Picture } from '../../src/picture.ts';
import { codeOf, faultOf, isOverPicture } from './faults.ts';
import type { InstallationRow } from '../../src/store.ts';
import type { Team } from './team.ts';
import { fitted } from './text.ts';

/** The pictures of cards as files of Slack, which is given each picture once. */
export interface Pictures {
  /** Those that Slack has; asks nobody, so that an acknowledgement does not wait. */
  known(card: Card): Promise<Frame>;
  /**
   * Gives Slack those that it lacks. One that Slack does not take is shown in words; a `DeliveryFault` of the kind `again` says when to
   * come back.
   */
  given(team: Team, card: Card): Promise<Frame>;
  /** Slack did not take a message for its pictures: throws when to come back, and returns when words have to do. */
  unready(team: Team, card: Card, frame: Frame): Promise<void>;
  /** The same for answers that nobody will send again: shows the card once all its pictures are there, or not at all. */
  later(team: Team, card: Card, show: (frame: Frame) => Promise<unknown>): Promise<void>;
  stop(): void;
}

/** Slack takes more than a hundred uploads a minute (tier 4). */
const PACE = { key: 'uploads', count: 90, per: 60_000 };
/** A file that was just uploaded is not known yet to the rest of Slack, mostly for a second: after so many milliseconds it is tried again. */
const WAITS = [1_000, 1_000, 2_000, 3_000, 5_000];
/** For an answer that somebody waits for. A response address takes five messages, and may count those that it did not take. */
const PRIVATE_WAITS = [1_000, 1_500, 3_000];
/** How often an upload is tried that failed for a reason that may pass. */
const UPLOADS = 3;
const TIMEOUT = 5_000;

export function pictures(
  { store, gallery, log, clock }: Pick<Rooms, 'store' | 'gallery' | 'log' | 'clock'>,
  team: () => Team | undefined,
): Pictures {
  const budget = new Budget();
  const stopping = new AbortController();
  const uploads = new Map<string, Promise<string>>();
  /** How often each was uploaded in vain, by digest. */
  const failed = new Map<string, number>();
  /** How often messages with these files were refused. */
  const refused = new Map<string, number>();
  /** What was told to the log already. */
  const told = new Set<string>();

  const fileOf = ({ installation }: Team, digest: string, after?: number): Promise<string | undefined> =>
    store.look((tables) => tables.pictureFile(installation.id, digest, after));

  async function upload({ client, installation }: Team, digest: string, picture: Picture): Promise<string> {
    const png = await gallery.png(picture).catch((fault: unknown) => {
      throw new DeliveryFault('refused', String(fault));
    });
    // Its words stand in the block that shows it. With an alternative text of its own Slack may fail to share a file, and says nothing
    // of it (slackapi/python-slack-sdk issue 1818).
    const wanted = { filename: `${picture.kind}.png`, length: png.byteLength };
    const { upload_url, file_id } = await client.files.getUploadURLExternal(wanted);
    const sent = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: png as Uint8Array<ArrayBuffer> };
    const { ok, status } = await fetch(upload_url!, { ...sent, signal: AbortSignal.timeout(TIMEOUT) });
    if (!ok) throw new Error(`the upload was answered with ${status}`);
    await client.files.completeUploadExternal({ files: [{ id: file_id!, title: fitted(picture.title, 200) }] });
    return await keep(installation, digest, file_id!);
  }

  async function keep({ id }: InstallationRow, digest: string, file: string): Promise<string> {
    await store.update((tables) => tables.putPictureFile(id, { digest, file, at: clock.now() }));
    return file;
  }

  /** The file of a picture, uploaded at most once at a time; undefined where it cannot be. */
  async function give(there: Team, picture: Picture): Promise<string | undefined> {
    const digest = digestOf(picture);
    const noted = await fileOf(there, digest, clock.now() - NOTED);
    if (noted !== undefined) return noted;
    const known = await fileOf(there, digest);
    if (known !== undefined) return await keep(there.installation, digest, known);
    let under = uploads.get(digest);
    if (!under) {
      const wait = budget.reserve([PACE], Date.now());
      if (wait > 0) throw new DeliveryFault('again', 'Slack takes no more pictures in this minute', wait);
      under = upload(there, digest, picture).finally(() => uploads.delete(digest));
      uploads.set(digest, under);
    }
    try {
      const file = await under;
      failed.delete(digest);
      told.clear();
      return file;
    } catch (fault) {
      return inWords(digest, fault, there);
    }
  }

  /** Returns where the words of the picture have to do, and throws where it is worth coming back. */
  function inWords(digest: string, fault: unknown, { bot }: Team): undefined {
    const { kind, message, wait } = fault instanceof DeliveryFault ? fault : faultOf(fault, 'that channel', bot.name);
    const times = (failed.get(digest) ?? 0) + 1;
    if (kind !== 'refused' && times < UPLOADS) {
      failed.set(digest, times);
      throw new DeliveryFault('again', `a picture could not be uploaded: ${message}`, wait ?? times * 2_000);
    }
    failed.delete(digest);
    const why = codeOf(fault) === 'missing_scope' ? `${message}; it needs files:write` : message;
    if (!told.has(why)) log.warn({ why }, 'pictures cannot be uploaded to Slack, and are shown in words');
    told.add(why);
    return undefined;
  }

  async function framed(card: Card, file: (picture: Picture) => Promise<string | undefined>): Promise<Frame> {
    const files = new Map<string, string | undefined>();
    for (const picture of picturesIn(card)) files.set(digestOf(picture), await file(picture));
    return files.size === 0 ? UNFRAMED : (picture) => files.get(digestOf(picture));
  }

  const given = (there: Team, card: Card): Promise<Frame> => framed(card, (picture) => give(there, picture));

  /** Comes back when a fault says so, for as long as somebody may still wait for the answer. */
  async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
    for (const wait of PRIVATE_WAITS)
      try {
        return await act();
      } catch (fault) {
        if (fault instanceof DeliveryFault && (fault.wait ?? 0) > 10_000) throw fault;
        await pause(fault instanceof DeliveryFault ? (fault.wait ?? wait) : wait, undefined, { signal: stopping.signal });
      }
    return await act();
  }

  return {
    given,
    known: async (card) => {
      const there = team();
      return there ? await framed(card, (picture) => fileOf(there, digestOf(picture))) : UNFRAMED;
    },
    async unready({ installation }, card, frame) {
      const shown = picturesIn(card);
      const key = shown.map(frame).join(' ');
      const times = refused.get(key) ?? 0;
      const wait = WAITS[times];
      if (wait !== undefined) {
        refused.set(key, times + 1);
        throw new DeliveryFault('again', 'Slack does not know a picture yet that it was given', wait);
      }
      refused.delete(key);
      // It may have been deleted in Slack: the next message that shows it uploads it anew.
      await store.update(function* (tables) {
        for (const picture of shown) yield* tables.dropPictureFile(installation.id, digestOf(picture));
      });
      log.warn({ tries: WAITS.length + 1 }, 'Slack does not show a picture that it was given; the message has its words');
    },
    async later(there, card, show) {
      try {
        const frame = await patiently(() => given(there, card));
        if (picturesIn(card).some((picture) => frame(picture) !== undefined)) await patiently(() => show(frame));
      } catch (fault) {
        if (!stopping.signal.aborted)
          log.warn(
            { why: isOverPicture(fault) ? 'the picture is not there yet' : String(fault) },
            'a private answer stays without its picture',
          );
      }
    },
    stop: () => stopping.abort(),
  };
}
