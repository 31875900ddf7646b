import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version of the package, found from the source and from the compiled file alike. */
export const version: string = (() => {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      return (require(path) as { version: string }).version;
    } catch {
      // One of the two is where this file is not.
    }
  }
  throw new Error('package.json is missing');
})();
