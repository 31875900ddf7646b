import { resolve } from 'node:path';
import type { Plugin } from 'vitest/config';
import { BUGS } from './bugs.ts';

const HOME = `${resolve(import.meta.dirname, '../..')}/`;
const PLANTED = /^(.*)\?planted=(\d+)$/;

/**
 * Plants bugs while the source is loaded, so that the product needs no hooks: `import('./run.ts?planted=3')` loads everything of the
 * project anew, with the bug of that number in it. Throws where a plant does not fit exactly once.
 */
export function planting(): Plugin {
  return {
    name: 'planting',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const number = PLANTED.exec(importer ?? '')?.[2];
      if (number === undefined) return undefined;
      const found = await this.resolve(source, PLANTED.exec(importer!)![1], { ...options, skipSelf: true });
      if (!found || !found.id.startsWith(HOME) || found.id.includes('/node_modules/')) return found;
      return `${found.id}?planted=${number}`;
    },
    transform(code, id) {
      const [, file, number] = PLANTED.exec(id) ?? [];
      if (file === undefined) return undefined;
      let planted = code;
      for (const { is, becomes } of Object.values(BUGS)[Number(number)]!.filter((one) => HOME + one.file === file)) {
        if (planted.split(is).length !== 2) throw new Error(`“${is}” does not stand in ${file} exactly once`);
        planted = planted.replace(is, () => becomes);
      }
      return planted;
    },
  };
}
