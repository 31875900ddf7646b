import { type Request, type Response, Router } from 'express';
import type { Clock } from './clock.ts';
import { type Asked, gate, type Verdict } from './gate.ts';
import type { Store } from './store.ts';
import { tokenShown } from './token.ts';

interface Given {
  store: Store;
  clock: Clock;
  fits: Parameters<typeof gate>[3];
}

/** So many requests a minute are answered for one token, and so many without a good one for one address. */
const MANY = 120;
const MINUTE = 60_000;

/** `GET /api/gate?initiative=churn` for pipelines, with a token; errors are problem+json, each with a `code` that stays the same. */
export function api({ store, clock, fits }: Given): Router {
  let calls = new Map<string, number>();
  let since = 0;

  /** Counts the call. What is without a good token is counted by its address alone, so that nobody uses up what is another's. */
  function isTooMany(from: string): boolean {
    if (Date.now() - since > MINUTE) [calls, since] = [new Map(), Date.now()];
    const made = (calls.get(from) ?? 0) + 1;
    calls.set(from, made);
    return made > MANY;
  }

  const router = Router();
  router.get('/api/gate', async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const shown = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = shown === undefined ? undefined : await tokenShown(store, shown, clock.now());
    if (isTooMany(token ? `token ${token.id}` : (request.socket.remoteAddress ?? '')))
      return problem(response.set('Retry-After', '60'), 429, 'too-many', 'Too many requests: ask again in a minute');
    if (shown === undefined)
      return problem(
        response.set('WWW-Authenticate', 'Bearer'),
        401,
        'no-token',
        'A token is needed, as in “Authorization: Bearer offshoot_1_…”: npx offshoot token new',
      );
    if (!token) return problem(response, 403, 'bad-token', 'This token is not good: it is wrong, or it was revoked');
    const asked = askedOf(request);
    if (!asked) return problem(response, 400, 'no-initiative', 'Which initiative? For example: /api/gate?initiative=churn');
    const verdict = await store.look((tables) => gate(tables, token.workspace, asked, fits, clock.now()));
    answer(response, verdict);
  });
  return router;
}

function askedOf({ query }: Request): Asked | undefined {
  const one = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
  };
  const [initiative, question, subject] = [one('initiative'), one('question'), one('subject')];
  if (initiative === undefined) return undefined;
  return { initiative, ...(question ? { question } : {}), ...(subject ? { subject } : {}), strict: one('strict') === '1' };
}

function answer(response: Response, verdict: Verdict): void {
  switch (verdict.kind) {
    case 'unknown':
      return problem(response, 404, 'unknown-initiative', 'No initiative is called so', { candidates: verdict.candidates });
    case 'ambiguous':
      return problem(response, 409, 'ambiguous-initiative', 'Several initiatives are called so: write more of the name', {
        candidates: verdict.candidates,
      });
    case 'answer': {
      const { kind: _, ...said } = verdict;
      response.json(said);
    }
  }
}

function problem(response: Response, status: number, code: string, title: string, more: object = {}): void {
  response
    .status(status)
    .type('application/problem+json')
    .json({ title, status, code, ...more });
}
