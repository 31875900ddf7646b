import type { InstallationRow, Store } from '../../src/store.ts';
import { unescaped } from './text.ts';

/** What stands between angle brackets: `@U123`, `#C123|churn-model`, `!here`, `https://example.com|the scan`. */
const MARKS = /(<[^<>]*>)/;

/** How the text of a message reads: names in the place of mentions, links with where they lead, nothing escaped. Asks nobody outside. */
export async function readingOf(store: Store, installation: InstallationRow, text: string): Promise<(said: string) => string> {
  const ids = new Set([...text.matchAll(/<([@#][A-Z0-9]+)/g)].map(([, id]) => id!));
  const names = new Map<string, string>();
  if (ids.size > 0)
    await store.look(function* (tables) {
      for (const id of ids) {
        const known = id.startsWith('@')
          ? yield* tables.identity(installation.id, id.slice(1))
          : yield* tables.channelAt(installation.id, id.slice(1));
        // A channel that nobody has named here is entered under its id.
        if (known?.name && known.name !== id.slice(1)) names.set(id, known.name);
      }
    });
  return (said) =>
    said
      .split(MARKS)
      .map((part) => (MARKS.test(part) ? unmarked(part.slice(1, -1), names) : unescaped(part)))
      .join('');
}

function unmarked(mark: string, names: ReadonlyMap<string, string>): string {
  const at = mark.indexOf('|');
  const target = at < 0 ? mark : mark.slice(0, at);
  const label = unescaped(at < 0 ? '' : mark.slice(at + 1));
  if (target.startsWith('@')) return `@${names.get(target) ?? (label || 'somebody')}`;
  if (target.startsWith('#')) return `#${label || (names.get(target) ?? 'a channel')}`;
  // `!here`, `!subteam^S123|@team`, `!date^…|what it says`.
  if (target.startsWith('!')) return label || `@${target.slice(1).split('^')[0]}`;
  return linked(unescaped(target), label);
}

/** Where it leads is said, too, unless the label says it. */
function linked(url: string, label: string): string {
  const bare = url.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
  return label === '' || label === url || label === bare ? label || url : `${label} (${url})`;
}
