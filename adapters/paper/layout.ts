import { createRequire } from 'node:module';
import Pdf from 'pdfkit';
import type { Sheet, SheetPart } from '../../src/sheet.ts';

const resolve = createRequire(import.meta.url).resolve;

/** They have Latin, Greek, Cyrillic and more; what they lack is drawn as a box, and the file says so at its end. */
const FONTS = {
  normal: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

/** In points, on A4. */
const MARGIN = 50;
const FOOT = 28;
const BODY = 9.5;
const CELL = 7.5;
const PAD = 3;
const INK = '#1d2733';
const QUIET = '#5b6875';
const RULE = '#c9d1d9';
const SHADE = '#eef1f4';

type Paper = InstanceType<typeof Pdf>;
type Table = Extract<SheetPart, { kind: 'table' }>;

/** The sheet as PDF: the same bytes for the same sheet, whenever and wherever it is printed. */
export async function pdfOf(sheet: Sheet): Promise<Uint8Array> {
  const pdf = new Pdf({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: 'en-GB',
    displayTitle: true,
    info: { Title: `${sheet.title}: ${sheet.subtitle}`, Producer: 'Offshoot', Creator: 'Offshoot', CreationDate: new Date(sheet.at) },
  });
  const pieces: Uint8Array[] = [];
  const done = new Promise<void>((settle, fail) => {
    pdf.on('data', (piece: Uint8Array) => void pieces.push(piece));
    pdf.on('end', settle);
    pdf.on('error', fail);
  });
  pdf.registerFont('normal', FONTS.normal).registerFont('bold', FONTS.bold);
  pdf.font('bold').fontSize(18).fillColor(INK).text(shown(sheet.title));
  pdf.font('normal').fontSize(12).fillColor(QUIET).text(shown(sheet.subtitle)).moveDown(0.8);
  for (const part of sheet.parts) drawn(pdf, part);
  if (isLacking(pdf, sheet)) {
    pdf.moveDown(1).font('normal').fontSize(CELL).fillColor(QUIET);
    pdf.text('A box stands for a letter that the font of this file lacks. The whole text is in the other exports.');
  }
  feet(pdf, sheet);
  pdf.end();
  await done;
  return Buffer.concat(pieces);
}

function drawn(pdf: Paper, part: SheetPart): void {
  switch (part.kind) {
    case 'heading':
      room(pdf, 60);
      return void pdf.moveDown(0.9).font('bold').fontSize(12).fillColor(INK).text(shown(part.text), MARGIN).moveDown(0.35);
    case 'subheading':
      room(pdf, 50);
      return void pdf.moveDown(0.7).font('bold').fontSize(BODY).fillColor(INK).text(shown(part.text), MARGIN).moveDown(0.2);
    case 'text':
      pdf.fontSize(BODY).fillColor(INK);
      if (part.label !== undefined) pdf.font('bold').text(shown(part.label), MARGIN, pdf.y, { continued: true });
      return void pdf
        .font('normal')
        .text(shown(part.text), ...(part.label === undefined ? [MARGIN] : []))
        .moveDown(0.35);
    case 'list':
      pdf.font('normal').fontSize(BODY).fillColor(INK);
      for (const item of part.items) pdf.text(`•  ${shown(item)}`, MARGIN, pdf.y, { indent: 0 }).moveDown(0.15);
      return;
    case 'table':
      return tabled(pdf, part);
  }
}

/** Rows are never parted; the head stands again on each page. */
function tabled(pdf: Paper, { columns, rows }: Table): void {
  const whole = pdf.page.width - 2 * MARGIN;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / shares) * whole);
  const hasHead = columns.some(({ title }) => title !== '');
  const bottom = pdf.page.height - MARGIN - FOOT;

  function line(cells: readonly string[], font: 'normal' | 'bold'): void {
    pdf.font(font).fontSize(CELL);
    const texts = cells.map(shown);
    const heights = texts.map((cell, index) => pdf.heightOfString(cell || ' ', { width: widths[index]! - 2 * PAD }));
    const height = Math.max(...heights) + 2 * PAD;
    if (pdf.y + height > bottom) {
      pdf.addPage();
      if (hasHead && font === 'normal') line(titles, 'bold');
      pdf.font(font).fontSize(CELL);
    }
    const top = pdf.y;
    if (font === 'bold') pdf.rect(MARGIN, top, whole, height).fill(SHADE);
    let left = MARGIN;
    texts.forEach((cell, index) => {
      const isLabel = !hasHead && index === 0;
      const align = columns[index]!.middle ? 'center' : 'left';
      pdf.font(isLabel ? 'bold' : font).fillColor(INK);
      pdf.text(cell, left + PAD, top + PAD, { width: widths[index]! - 2 * PAD, align });
      left += widths[index]!;
    });
    pdf
      .moveTo(MARGIN, top + height)
      .lineTo(MARGIN + whole, top + height)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
    pdf.x = MARGIN;
    pdf.y = top + height;
  }

  const titles = columns.map(({ title }) => title);
  room(pdf, 40);
  if (hasHead) line(titles, 'bold');
  for (const cells of rows) line(cells, 'normal');
  pdf.moveDown(0.6);
}

/** Begins a page where less than so much is left of this one. */
function room(pdf: Paper, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN - FOOT) pdf.addPage();
}

function feet(pdf: Paper, { foot }: Sheet): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page);
    // Below the margin, where a text would begin a page of its own.
    pdf.page.margins.bottom = 0;
    const [top, width] = [pdf.page.height - MARGIN, pdf.page.width - 2 * MARGIN];
    pdf.font('normal').fontSize(CELL).fillColor(QUIET);
    pdf.text(shown(foot), MARGIN, top, { width: width - 90, height: CELL * 1.3, ellipsis: true, lineBreak: true });
    pdf.text(`Page ${page + 1} of ${count}`, MARGIN + width - 80, top, { width: 80, align: 'right', lineBreak: false });
  }
}

/** Without what moves the pen: of control characters only line breaks are kept. */
const shown = (said: string): string =>
  said
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{Cc}\n]/gu, '');

function isLacking(pdf: Paper, sheet: Sheet): boolean {
  pdf.font('normal');
  const { font } = (pdf as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font;
  return [...new Set(shown(JSON.stringify(sheet)))].some((letter) => letter !== '\n' && !font.hasGlyphForCodePoint(letter.codePointAt(0)!));
}
