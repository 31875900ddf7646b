import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Packages that a flow may use beside its own files: what is pure. */
const PURE = new Set(['zod', 'croner', 'temporal-polyfill', 'date-holidays', 'yaml']);
const FOR_FLOWS = ['text', 'card', 'picture', 'form', 'field', 'flow', 'page', 'id', 'record', 'kept', 'need', 'zone', 'commands'];
/** Where the house is put together: only here does the core know its adapters and flows. */
const COMPOSITION = /^src\/(house|cli|main)\b/;

interface Arrow {
  from: string;
  to: string;
}

function arrows(folder: string): Arrow[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const path = join(folder, file);
    const source = readFileSync(join(root, path), 'utf8');
    return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^'\s]+)'/g)].map(([, to]) => ({
      from: path,
      to: to!.startsWith('.') ? relative(root, resolve(root, dirname(path), to!)) : to!,
    }));
  });
}

describe('the arrows of the house', () => {
  it('finds imports at all', () => {
    expect(arrows('flows').length).toBeGreaterThan(30);
  });

  it('flows import only pure packages, the core’s own words, and each other', () => {
    const allowed = ({ to }: Arrow) => PURE.has(to) || to.startsWith('flows/') || FOR_FLOWS.some((name) => to === `src/${name}.ts`);
    expect(arrows('flows').filter((arrow) => !allowed(arrow))).toEqual([]);
  });

  it('flows wait for nothing and ask no clock', () => {
    const impure = readdirSync(join(root, 'flows'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /\bawait\b|\basync\b|Date\.now\(|new Date\(\)|Math\.random|crypto/.test(
          readFileSync(join(root, 'flows', file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
        ),
      );
    expect(impure).toEqual([]);
  });

  it('the core imports no adapter and no flow, but where the house is put together', () => {
    const wrong = arrows('src').filter(
      ({ from, to }) => !COMPOSITION.test(from) && (to.startsWith('adapters/') || to.startsWith('flows/')),
    );
    expect(wrong).toEqual([]);
  });

  it('the core knows no platform’s package', () => {
    const wrong = arrows('src').filter(({ to }) => /^(@slack|botbuilder|better-sqlite3|kysely|echarts|@resvg)/.test(to));
    expect(wrong).toEqual([]);
  });

  it('adapters do not know each other, but the browser shows what Teams gets', () => {
    const adapterOf = (path: string) => /^adapters\/([^/]+)/.exec(path)?.[1];
    const wrong = arrows('adapters').filter(({ from, to }) => {
      const [own, other] = [adapterOf(from), adapterOf(to)];
      return other && own !== other && !(own === 'web' && /^adapters\/teams\/(card|form|text)\.ts$/.test(to));
    });
    expect(wrong).toEqual([]);
  });

  it('only the thread that draws loads what draws', () => {
    const wrong = arrows('adapters').filter(({ from, to }) => {
      const draws = /^(echarts|@resvg)/.test(to) || /^adapters\/pictures\/(?!gallery|worker)/.test(to);
      return draws && (!from.startsWith('adapters/pictures/') || from === 'adapters/pictures/gallery.ts');
    });
    expect(wrong).toEqual([]);
    expect(arrows('adapters').some(({ to }) => to.startsWith('echarts/'))).toBe(true);
  });

  it('adapters import no flow', () => {
    expect(arrows('adapters').filter(({ to }) => to.startsWith('flows/'))).toEqual([]);
  });

  it('the product needs nothing of its tests', () => {
    expect(
      [...arrows('src'), ...arrows('flows'), ...arrows('adapters')].filter(({ to }) => to.startsWith('test/') || to.startsWith('bench/')),
    ).toEqual([]);
  });
});
