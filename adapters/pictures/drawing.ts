import { init, setPlatformAPI } from 'echarts/dist/echarts.esm.min.mjs';
import { Resvg } from '@resvg/resvg-js';
import type { Picture } from '../../src/picture.ts';
import { FAMILY, FILES, lacks, widthOf } from './font.ts';
import { type Chart, PAPER, WIDTH } from './look.ts';
import { matrixChart } from './matrix.ts';
import { profileChart } from './profile.ts';
import { stacksChart } from './stacks.ts';
import { treeChart } from './tree.ts';

// Without a browser the library guesses widths; here they are the font's own.
setPlatformAPI({
  measureText: (said, font) => ({
    width: widthOf(said, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12), /bold/.test(font ?? '') ? 'bold' : 'normal'),
  }),
});

/** The picture as SVG. */
export function svgOf(picture: Picture): string {
  const { height, option } = chartOf(picture);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: Math.ceil(height) });
  try {
    chart.setOption({ animation: false, backgroundColor: PAPER, textStyle: { fontFamily: FAMILY }, ...option });
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose();
  }
}

/** The same as PNG, at twice the size. */
export function pngOf(picture: Picture): Uint8Array {
  const svg = svgOf(picture);
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    background: PAPER,
    // For letters that the font lacks, those of the machine; what it lacks, too, is drawn as a box.
    font: { loadSystemFonts: lacks(svg), fontFiles: Object.values(FILES), defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  });
  return drawing.render().asPng();
}

function chartOf(picture: Picture): Chart {
  switch (picture.kind) {
    case 'matrix':
      return matrixChart(picture);
    case 'profile':
      return profileChart(picture);
    case 'stacks':
      return stacksChart(picture);
    case 'tree':
      return treeChart(picture);
  }
}
