/** How many of the members who did not recuse themselves must vote: a number, or a share of them in whole per cent. */
export type Quorum = { kind: 'count'; count: number } | { kind: 'share'; percent: number };

/** The number of voters that a quorum asks of a base; at least one, so that an empty room decides nothing. */
export function needed(quorum: Quorum, base: number): number {
  switch (quorum.kind) {
    case 'count':
      return Math.max(1, quorum.count);
    case 'share':
      return Math.max(1, Math.ceil((quorum.percent * base) / 100));
  }
}

/** `3` or `60 %`, as a person types it; undefined when it is neither. */
export function quorumOf(said: string): Quorum | undefined {
  const [, digits, percent] = /^(\d{1,3})\s*(%|percent|per cent)?$/i.exec(said.trim()) ?? [];
  const number = Number(digits);
  if (!digits || number < 1) return undefined;
  if (!percent) return number <= 500 ? { kind: 'count', count: number } : undefined;
  return number <= 100 ? { kind: 'share', percent: number } : undefined;
}

export const quorumText = (quorum: Quorum): string => (quorum.kind === 'count' ? String(quorum.count) : `${quorum.percent} %`);
