import { setTimeout as pause } from 'node:timers/promises';
import { child } from './child.ts';
import { median, rounded } from './figures.ts';
import { command, slackApi, slackEnv } from './slack.ts';
import { committee, userOf } from './voters.ts';

const ROUNDS = 5;

/** From the start of the process to the first acknowledgement, and the memory that it holds when it has nothing to do. */
export async function start(print: (line: string) => void): Promise<void> {
  const room = await committee(5);
  await room.store.close();
  const api = await slackApi();
  const first: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const product = await child(['dist/src/main.js', 'start'], { ...slackEnv(api.url), DATABASE_URL: `file:${room.file}` });
    const answer = await command(product.url, userOf(0), '/offshoot help');
    if (answer.status !== 200) throw new Error(`the first command was answered with ${answer.status}`);
    first.push(performance.now() - begun);
    await pause(2_000);
    memory.push(product.resident());
    await product.stop();
  }
  await api.close();
  room.remove();
  print(`Start, with Slack alone (median of ${ROUNDS})`);
  print(`  to the first acknowledgement: ${rounded(median(first))} ms (goal: under 2,000)`);
  print(`  resident memory, idle:        ${rounded(median(memory))} MB (goal: under 180)`);
}
