import { inflateSync } from 'node:zlib';

/** What a PDF says, page by page, as a reader's copy and paste would have it: its letters through the fonts' own tables, a line for each line. */
export function printed(pdf: Buffer): string[] {
  const objects = new Map<number, { head: string; stream?: Buffer }>();
  for (const found of pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const body = found[2]!;
    const at = body.indexOf('stream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const raw = at < 0 ? undefined : Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1');
    objects.set(Number(found[1]), { head, ...(raw ? { stream: head.includes('/FlateDecode') ? inflateSync(raw) : raw } : {}) });
  }
  const ref = (head: string, name: string): number | undefined => {
    const found = new RegExp(`/${name}\\s*\\[?\\s*(\\d+) 0 R`).exec(head)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const letters = (font: number): Map<number, string> => {
    const map = objects.get(ref(objects.get(font)!.head, 'ToUnicode')!)!.stream!.toString('latin1');
    const known = new Map<number, string>();
    const text = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
    for (const [, from, , list] of map.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*\[([^\]]*)\]/gi))
      [...list!.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex], index) => known.set(parseInt(from!, 16) + index, text(hex!)));
    return known;
  };
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map(({ head }) => {
    const resources = objects.get(ref(head, 'Resources')!)!.head;
    const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, letters(Number(id))] as const));
    const lines: string[] = [];
    let font = new Map<number, string>();
    for (const [, name, shown] of objects
      .get(ref(head, 'Contents')!)!
      .stream!.toString('latin1')
      .matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = fonts.get(name)!;
      else
        lines.push(
          [...shown!.matchAll(/<([0-9a-f]+)>/gi)]
            .flatMap(([, hex]) => hex!.match(/.{4}/g)!.map((glyph) => font.get(parseInt(glyph, 16)) ?? '□'))
            .join(''),
        );
    }
    return lines.join('\n');
  });
}
