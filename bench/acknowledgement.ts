import { child } from './child.ts';
import { median, percentile, rounded } from './figures.ts';
import { type Answered, press, SECRET, send, slackApi, slackEnv, submission } from './slack.ts';
import { committee, userOf } from './voters.ts';

const VOTERS = 50;
const ROUNDS = 5;
const EACH = 40;

/** Acknowledgement of durable votes through real signed HTTP, against a Bolt app that does nothing, in turn in one run. */
export async function acknowledgement(print: (line: string) => void): Promise<void> {
  const room = await committee(VOTERS);
  await room.store.close();
  const api = await slackApi();
  const product = await child(['dist/src/main.js', 'start'], { ...slackEnv(api.url), DATABASE_URL: `file:${room.file}` });
  const idle = await child(['--import', 'tsx', 'bench/idle-app.ts'], { SLACK_SIGNING_SECRET: SECRET, NODE_ENV: 'production' });
  const taken = api.nextView();
  await send(product.url, press(userOf(0), 'vote/1 ballot'));
  const view = await taken;

  const rates = { ours: [] as number[], theirs: [] as number[] };
  const times: number[] = [];
  let sent = 0;
  const round = async (url: string): Promise<{ rate: number; answers: Answered[] }> => {
    const begun = performance.now();
    const answers = await Promise.all(
      Array.from({ length: VOTERS }, async (_, voter) => {
        const own: Answered[] = [];
        for (let turn = 0; turn < EACH; turn++) own.push(await send(url, submission(userOf(voter), view, `hash-${sent++}`)));
        return own;
      }),
    );
    return { rate: ((VOTERS * EACH) / (performance.now() - begun)) * 1_000, answers: answers.flat() };
  };
  for (let index = -1; index < ROUNDS; index++) {
    const theirs = await round(idle.url);
    const ours = await round(product.url);
    const counted = ours.answers.filter((answer) => answer.status === 200 && answer.body.includes('Counted'));
    if (counted.length !== VOTERS * EACH)
      throw new Error(
        `${counted.length} of ${VOTERS * EACH} votes were counted; one answer: ${ours.answers.find((answer) => !answer.body.includes('Counted'))?.body}`,
      );
    if (theirs.answers.some((answer) => answer.status !== 200)) throw new Error('the idle app did not acknowledge');
    // The first round warms up.
    if (index < 0) continue;
    rates.ours.push(ours.rate);
    rates.theirs.push(theirs.rate);
    times.push(...ours.answers.map((answer) => answer.after));
  }
  await Promise.all([product.stop(), idle.stop()]);
  await api.close();
  room.remove();

  print(
    `Acknowledged durable votes over signed HTTP, ${VOTERS} voters at once (median of ${ROUNDS} rounds of ${VOTERS * EACH}, in turn with an idle Bolt app)`,
  );
  print(
    `  a second:        ${rounded(median(rates.ours))}, the idle app ${rounded(median(rates.theirs))}, ratio ${rounded(median(rates.ours.map((one, index) => one / rates.theirs[index]!)), 2)} (goal: at least 0.6)`,
  );
  print(
    `  milliseconds:    median ${rounded(median(times), 1)}, p99 ${rounded(percentile(times, 99), 1)} (goal: under 250), longest ${rounded(Math.max(...times), 1)} (goal: under 2,500)`,
  );
}
