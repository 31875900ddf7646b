import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vitest/config';
import { BUGS, type Plant } from './bugs.ts';

const HOME = `${resolve(import.meta.dirname, '../..')}/`;
const PLANTED = /^(.*)\?planted=(\d+)$/;

/**
 * Plants bugs while the source is loaded, so that the product needs no hooks: `import('./run.ts?planted=3')` loads what leads to the
 * planted files anew, with the bug of that number in it, and shares the rest. Throws where a plant does not fit exactly once.
 */
export function planting(): Plugin {
  const reaching = new Map<number, Set<string>>();
  const reach = (number: number): Set<string> => {
    let files = reaching.get(number);
    if (!files) reaching.set(number, (files = leadingTo(bugAt(number).map(({ file }) => HOME + file))));
    return files;
  };
  return {
    name: 'planting',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const number = PLANTED.exec(importer ?? '')?.[2];
      if (number === undefined) return undefined;
      const found = await this.resolve(source, PLANTED.exec(importer!)![1], { ...options, skipSelf: true });
      return found && reach(Number(number)).has(found.id) ? `${found.id}?planted=${number}` : found;
    },
    transform(code, id) {
      const [, file, number] = PLANTED.exec(id) ?? [];
      if (file === undefined) return undefined;
      return bugAt(Number(number))
        .filter((one) => HOME + one.file === file)
        .reduce((planted, plant) => planted.replace(placeOf(plant, planted), () => plant.becomes), code);
    },
  };
}

/** The text that a plant takes the place of, as it stands in the file: lines may be broken otherwise there. */
export function placeOf({ file, is }: Plant, code: string): string {
  const words = is
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const found = [...code.matchAll(new RegExp(words.join(String.raw`\s+`), 'g'))];
  if (found.length !== 1) throw new Error(`“${is}” stands in ${file} ${found.length} times, not once`);
  return found[0]![0];
}

export const codeOf = ({ file }: Plant): string => readFileSync(HOME + file, 'utf8');

const bugAt = (number: number): readonly Plant[] => Object.values(BUGS)[number]!.plants;

/** Those files, and all that import them, or import what does. */
function leadingTo(files: readonly string[]): Set<string> {
  const all = importers();
  const found = new Set<string>();
  for (let left = [...files]; left.length > 0; ) {
    const file = left.pop()!;
    if (found.has(file)) continue;
    found.add(file);
    left = [...left, ...(all.get(file) ?? [])];
  }
  return found;
}

let known: Map<string, Set<string>> | undefined;

/** By file, the files that import it. */
function importers(): Map<string, Set<string>> {
  if (known) return known;
  known = new Map();
  for (const folder of ['src', 'flows', 'adapters', 'test'])
    for (const name of readdirSync(HOME + folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const file = join(HOME, folder, name);
      for (const [, source] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+\.ts)'/g)) {
        const imported = resolve(dirname(file), source!);
        known.set(imported, (known.get(imported) ?? new Set()).add(file));
      }
    }
  return known;
}
