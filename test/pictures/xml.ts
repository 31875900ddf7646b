import { widthOf } from '../../adapters/pictures/font.ts';

export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Reads XML as strictly as a browser reads an SVG: it throws at what is not well-formed. */
export function treeOf(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const illegal = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Cs}/u.exec(xml);
  if (illegal) throw new Error(`a letter that XML forbids at ${illegal.index}`);
  for (const [token, cdata, tag, text] of xml.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|<([^<>]*)>|([^<>]+)|[<>]/g)) {
    const here = open.at(-1)!;
    if (cdata !== undefined) here.text += cdata;
    else if (text !== undefined) here.text += unescaped(text);
    else if (tag === undefined) throw new Error(`a stray ${token}`);
    else if (tag.startsWith('/')) {
      if (open.pop()?.name !== tag.slice(1)) throw new Error(`</${tag.slice(1)}> closes what is not open`);
    } else open.push(...begun(here, tag));
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one element, or one that is not closed');
  return root.children[0]!;
}

function begun(parent: Element, tag: string): Element[] {
  const found = /^([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)$/.exec(tag);
  if (!found) throw new Error(`<${tag}> is no tag`);
  const pairs = [...found[2]!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, unescaped(value!)] as const);
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw new Error(`<${tag}> says something twice`);
  const element: Element = { name: found[1]!, attributes: Object.fromEntries(pairs), children: [], text: '' };
  parent.children.push(element);
  return found[3] ? [] : [element];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(said: string): string {
  return said.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+))?;?/gi, (whole, decimal: string, hex: string, name: string) => {
    const letter = decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : ENTITIES[name];
    if (letter === undefined || !whole.endsWith(';')) throw new Error(`${whole} stands for nothing`);
    return letter;
  });
}

export function boxOf({ attributes }: Element): { width: number; height: number } {
  const [, , width, height] = attributes['viewBox']!.split(' ').map(Number);
  return { width: width!, height: height! };
}

interface Text {
  said: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Every text and where it stands. */
export function textsOf(root: Element): Text[] {
  const own = root.name === 'text' ? [placed(root)] : [];
  return [...own, ...root.children.flatMap(textsOf)];
}

function placed({ attributes, text }: Element): Text {
  const style = attributes['style'] ?? '';
  const size = Number(/font-size:([\d.]+)px/.exec(style)?.[1]);
  const width = widthOf(text, size, /font-weight:bold/.test(style) ? 'bold' : 'normal');
  const { anchor, x, y, turned } = spot(attributes);
  const from = anchor === 'middle' ? -width / 2 : anchor === 'end' ? -width : 0;
  // A line is as high as its letters, half above and half below its middle.
  const [across, along] = [
    [from, from + width],
    [-size / 2, size / 2],
  ];
  const [[left, right], [top, bottom]] = turned ? [along, across] : [across, along];
  return { said: text, left: x + left!, right: x + right!, top: y + top!, bottom: y + bottom! };
}

function spot(attributes: Record<string, string>) {
  const moved = /translate\(([-\d.]+)[ ,]([-\d.]+)\)/.exec(attributes['transform'] ?? '');
  const matrix = /matrix\(([-\d.e, ]+)\)/
    .exec(attributes['transform'] ?? '')?.[1]
    ?.split(/[ ,]+/)
    .map(Number);
  const [dx, dy] = matrix ? [matrix[4]!, matrix[5]!] : [Number(moved?.[1] ?? 0), Number(moved?.[2] ?? 0)];
  return {
    anchor: attributes['text-anchor'],
    x: Number(attributes['x'] ?? 0) + dx,
    y: Number(attributes['y'] ?? 0) + dy,
    turned: matrix !== undefined && Math.abs(matrix[1]!) > 0.5,
  };
}
