import type { Tables } from '../../../src/store.ts';
import type { LocalMessage } from '../../../src/local.ts';
import { db, query } from '../query.ts';

const put = query((p: Omit<LocalMessage, 'id'>) =>
  db
    .insertInto('local_messages')
    .values({ address: p.address, author: p.author, text: p.text, card: p.card, thread: p.thread, key: p.key, at: p.at } as never)
    .returning('id'),
);
const edit = query((p: { id: number; card: string; edited: number }) =>
  db.updateTable('local_messages').set({ card: p.card, edited: p.edited }).where('id', '=', p.id).returning('id'),
);
const drop = query((p: { id: number }) => db.deleteFrom('local_messages').where('id', '=', p.id));
const at = query((p: { address: string; limit: number }) =>
  db.selectFrom('local_messages').selectAll().where('address', '=', p.address).orderBy('id', 'desc').limit(p.limit),
);
const one = query((p: { id: number }) => db.selectFrom('local_messages').selectAll().where('id', '=', p.id));
const keyed = query((p: { key: string }) => db.selectFrom('local_messages').select('id').where('key', '=', p.key));

export const localTables = {
  *putMessage(message) {
    const [row] = yield* put(message);
    return row!.id;
  },
  *editMessage(id, card, edited) {
    return (yield* edit({ id, card, edited })).length > 0;
  },
  *dropMessage(id) {
    yield* drop({ id });
  },
  *messagesAt(address, limit) {
    return (yield* at({ address, limit })).reverse();
  },
  *message(id) {
    return (yield* one({ id }))[0];
  },
  *messageKeyed(key) {
    return (yield* keyed({ key }))[0]?.id;
  },
} satisfies Partial<Tables>;
