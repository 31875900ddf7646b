interface Named {
  id: string;
  name: string;
}

/**
 * Which of some named things a person means: by number (`vote/17` or `17`), whole name, beginning of the name, beginnings of its
 * words (`ch mo`), or initials (`cm`). The strictest reading that finds anything wins; several found are all returned.
 */
export function meant<Thing extends Named>(said: string, things: readonly Thing[]): readonly Thing[] {
  const wanted = folded(said);
  if (wanted === '') return [];
  const readings: ((thing: Thing) => boolean)[] = [
    ({ id }) => id === wanted || id.endsWith(`/${wanted}`),
    ({ name }) => folded(name) === wanted,
    ({ name }) => folded(name).startsWith(wanted),
    ({ name }) => beginnings(folded(name), wanted),
    ({ name }) => initials(name) === wanted.replaceAll(' ', ''),
  ];
  for (const reads of readings) {
    const found = things.filter(reads);
    if (found.length > 0) return found;
  }
  return [];
}

/** Upper and lower case, accents and spare spaces do not tell names apart. */
export const folded = (said: string): string =>
  said.normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase().replaceAll(/\s+/g, ' ');

const beginnings = (name: string, said: string): boolean => {
  let rest = name.split(' ');
  return said.split(' ').every((part) => {
    const index = rest.findIndex((word) => word.startsWith(part));
    rest = rest.slice(index + 1);
    return index >= 0;
  });
};

const initials = (name: string): string =>
  folded(name)
    .split(' ')
    .map((word) => word[0])
    .join('');
