import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The page that documents webhooks. */
export const page = readFileSync(resolve(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');

type Check = (header: string, body: string, secret: string, now?: number) => boolean;

/** The function that the page shows, run as it stands there. */
export async function isOffshoots(text: string): Promise<Check> {
  const code = /```js\n([\s\S]*?)```/.exec(text)![1]!;
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { isOffshoots: Check };
  return module.isOffshoots;
}
