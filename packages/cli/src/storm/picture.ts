// In: a kind, a severity, a seed. Out: its picture, a storm over its twin, as SVG.
import { type SceneWords, stormChart } from './scene.ts';
import { svgChart } from './svg-chart.ts';

/** What the pictures of docs/storms.md are made with. */
export const PICTURE = { severity: 0.8, seed: '7' } as const;

export const pictureOf = async (kind: string, words: SceneWords): Promise<string> =>
  svgChart(await stormChart(kind, words));
