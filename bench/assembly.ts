import { currentSet } from '../flows/criteria/go-no-go.ts';
import { committee } from './voters.ts';

const MEMBERS = 500;
/** No step may keep the process from anything else for longer, in milliseconds. */
const LONGEST = 50;

/** A vote of 500 members: all cast their ballots one after the other until the last one closes it. */
export async function assembly(print: (line: string) => void): Promise<void> {
  const room = await committee(MEMBERS - 1);
  try {
    const allGo = Object.fromEntries(currentSet.criteria.map(({ key }) => [key, 'go']));
    const took: number[] = [];
    for (let member = 0; member < MEMBERS; member++) {
      const begun = performance.now();
      const reply = await room.answer(member, 'vote/1', 'ballot', allGo, `ballot ${member}`);
      took.push(performance.now() - begun);
      if (reply.kind !== 'done') throw new Error(`ballot ${member} was answered with ${reply.kind}`);
    }
    const closing = took.pop()!;
    const sorted = took.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
    print(`a vote of ${MEMBERS} members, from press to durable: median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
    print(`  the last ballot closes it: ${closing.toFixed(1)} ms; no step may take more than ${LONGEST} ms`);
  } finally {
    room.remove();
  }
}
