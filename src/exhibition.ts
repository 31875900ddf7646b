import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import type { Card } from './card.ts';
import { digestOf, type Gallery } from './gallery.ts';
import type { WorkspaceId } from './id.ts';
import type { Picture } from './picture.ts';
import type { Store } from './store.ts';

/** The pictures of a card at hand: where one is fetched, or undefined where only its words can be shown. */
export type Frame = (picture: Picture) => string | undefined;

/** Shows every picture in words. */
export const UNFRAMED: Frame = () => undefined;

export const picturesIn = ({ parts }: Pick<Card, 'parts'>): Picture[] =>
  parts.flatMap((part) => (part.kind === 'picture' ? [part.picture] : []));

/** Pictures by addresses that nobody can guess, for platforms that fetch them. */
export interface Exhibition {
  /** Gives each picture of the card its path, `/pictures/….png`; the same picture of a workspace keeps it. */
  hang(workspace: WorkspaceId, card: Card, as: 'png' | 'svg'): Promise<Frame>;
  /** Serves those paths. */
  router: Router;
}

interface Rooms {
  store: Store;
  gallery: Gallery;
  now(): number;
}

export function exhibition({ store, gallery, now }: Rooms): Exhibition {
  async function tokenOf(workspace: WorkspaceId, picture: Picture): Promise<string> {
    const digest = digestOf(picture);
    const known = await store.look((tables) => tables.pictureToken(workspace, digest, now() - NOTED));
    if (known !== undefined) return known;
    const token = randomBytes(16).toString('base64url');
    return await store.update((tables) => tables.putPicture(workspace, { digest, token, picture, at: now() }));
  }

  const router = Router();
  router.get('/pictures/:file', async (request, response, next) => {
    const [, token, as] = NAME.exec(request.params.file) ?? [];
    const picture = token === undefined ? undefined : await store.look((tables) => tables.pictureAt(token));
    // What is no address here is answered as any other path is that does not exist.
    if (!picture) return next();
    const drawn = as === 'svg' ? await gallery.svg(picture) : Buffer.from(await gallery.png(picture));
    response
      .set({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
      })
      .type(as === 'svg' ? 'image/svg+xml' : 'image/png')
      .send(drawn);
  });

  return {
    router,
    async hang(workspace, card, as) {
      const paths = new Map<string, string>();
      for (const picture of picturesIn(card)) paths.set(digestOf(picture), `/pictures/${await tokenOf(workspace, picture)}.${as}`);
      return paths.size === 0 ? UNFRAMED : (picture) => paths.get(digestOf(picture));
    },
  };
}

/** That a picture is shown again is written down so often: how long it is kept counts from then. */
export const NOTED = 30 * 86_400_000;

/** 128 random bits, and how they are drawn. */
const NAME = /^([\w-]{22})\.(png|svg)$/;
