// In: panels of lines over one time axis. Out: an SVG text that reads in light and in dark, the same
// bytes for the same numbers. Knows nothing of markets.

export type Point = readonly [x: number, y: number];

export interface Line {
  points: readonly Point[];
  /** Class of the style sheet: what it stands for. */
  look: 'market' | 'bids' | 'asks' | 'twin';
}

export interface Panel {
  title: string;
  /** Text of a value on the axis. */
  label: (value: number) => string;
  lines: readonly Line[];
  /** Area between two lines, lower and upper. */
  band?: readonly [lower: readonly Point[], upper: readonly Point[]];
  /** Least range of the axis. */
  span?: readonly [low: number, high: number];
}

export interface Chart {
  title: string;
  subtitle: string;
  legend: readonly [look: Line['look'], text: string][];
  /** Seconds. */
  time: readonly [from: number, to: number];
  /** The part that is shaded, seconds. */
  shaded: readonly [from: number, to: number];
  /** A moment that is marked, and its name. */
  mark?: readonly [at: number, text: string];
  panels: readonly Panel[];
}

const WIDTH = 960;
const LEFT = 76;
const RIGHT = 24;
const TOP = 92;
const PANEL = 148;
const GAP = 44;
const BOTTOM = 44;
const PLOT = WIDTH - LEFT - RIGHT;
const Y_TICKS = 4;

const STYLE = `
.card{fill:#fff;stroke:#dfe4ea}.grid{stroke:#e8ecf1}.axis{fill:#52606d}.title{fill:#1f2933}
.storm{fill:#e8590c;fill-opacity:.08}.edge{stroke:#e8590c;stroke-opacity:.55;stroke-dasharray:3 3}
.mark{stroke:#2f9e44;stroke-dasharray:3 3}.marktext{fill:#2b8a3e}.stormtext{fill:#c2410c}
.market{stroke:#1971c2}.bids{stroke:#0b7285}.asks{stroke:#b35309}.twin{stroke:#9aa5b1}
.band{fill:#1971c2;fill-opacity:.16}
@media (prefers-color-scheme:dark){
.card{fill:#10151b;stroke:#2a333d}.grid{stroke:#222b35}.axis{fill:#9aa7b4}.title{fill:#e4e9ee}
.storm{fill:#ff922b;fill-opacity:.1}.edge{stroke:#ff922b}.mark{stroke:#69db7c}.marktext{fill:#69db7c}
.stormtext{fill:#ffa94d}.market{stroke:#4dabf7}.bids{stroke:#3bc9db}.asks{stroke:#ffa94d}
.twin{stroke:#75818d}.band{fill:#4dabf7;fill-opacity:.2}}
text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.title{font-weight:600}.head{font-size:19px}path{fill:none;stroke-width:1.6;stroke-linejoin:round}
path.twin{stroke-width:2.4;stroke-opacity:.75}path.band{stroke:none}
`;

const px = (value: number): string => String(Math.round(value * 10) / 10);

/** Round steps of 1, 2 or 5 that divide a range in about `count`. */
function stepOf(range: number, count: number): number {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10;
  return step * power;
}

interface Scale {
  y: (value: number) => number;
  ticks: number[];
}

function scaleOf(panel: Panel, top: number): Scale {
  const band = panel.band ?? [[], []];
  const rows = [...panel.lines.map((line) => line.points), ...band];
  const values = [...rows.flat().map(([, y]) => y), ...(panel.span ?? [])];
  const low = Math.min(...values);
  const high = Math.max(...values, low + 1e-9);
  const step = stepOf(high - low, Y_TICKS);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  const [from, to] = [first * step, last * step];
  return { ticks, y: (value) => top + PANEL - ((value - from) / (to - from)) * PANEL };
}

export function svgChart(chart: Chart): string {
  const { panels, time } = chart;
  const height = TOP + panels.length * (PANEL + GAP) - GAP + BOTTOM;
  const x = (s: number): number => LEFT + ((s - time[0]) / (time[1] - time[0])) * PLOT;
  const body = panels.map((panel, i) => panelOf(chart, panel, TOP + i * (PANEL + GAP), x));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${chart.title}: ${chart.subtitle}">`,
    `<style>${STYLE}</style>`,
    `<rect class="card" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="10"/>`,
    `<text class="title head" x="24" y="36">${chart.title}</text>`,
    `<text class="axis" x="24" y="57">${chart.subtitle}</text>`,
    legendOf(chart),
    ...body,
    timeAxis(chart, height - BOTTOM, x),
    '</svg>\n',
  ].join('\n');
}

function legendOf({ legend }: Chart): string {
  let right = WIDTH - RIGHT;
  const items = [...legend].reverse().map(([look, text]) => {
    right -= text.length * 6.4 + 48;
    const line = `<path class="${look}" d="M${px(right)} 32h20"/>`;
    return `${line}<text class="axis" x="${px(right + 26)}" y="36">${text}</text>`;
  });
  return items.join('\n');
}

type X = (seconds: number) => number;

function panelOf(chart: Chart, panel: Panel, top: number, x: X): string {
  const { y, ticks } = scaleOf(panel, top);
  const [from, to] = chart.shaded;
  const grid = ticks.map((value) => {
    const at = px(y(value));
    const line = `<path class="grid" d="M${LEFT} ${at}h${PLOT}" style="stroke-width:1"/>`;
    const text = `<text class="axis" x="${LEFT - 8}" y="${px(y(value) + 4)}" text-anchor="end">`;
    return `${line}${text}${panel.label(value)}</text>`;
  });
  const draw = (points: readonly Point[]): string => pathOf(points, x, y);
  return [
    `<rect class="storm" x="${px(x(from))}" y="${top}" width="${px(x(to) - x(from))}" height="${PANEL}"/>`,
    ...grid,
    `<text class="title" x="${LEFT}" y="${top - 8}">${panel.title}</text>`,
    edges(chart, top, x),
    panel.band === undefined ? '' : bandOf(panel.band, x, y),
    ...panel.lines.map(({ look, points }) => `<path class="${look}" d="${draw(points)}"/>`),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Start and end of the storm, and the moment that is marked. */
function edges({ shaded, mark }: Chart, top: number, x: X): string {
  const line = (look: string, at: number): string =>
    `<path class="${look}" d="M${px(x(at))} ${top}v${PANEL}" style="stroke-width:1"/>`;
  const marked = mark === undefined ? [] : [line('mark', mark[0])];
  return [...shaded.map((at) => line('edge', at)), ...marked].join('');
}

const placed = ([at, value]: Point, x: X, y: X): string => `${px(x(at))} ${px(y(value))}`;

/** Leaves out what lies on a level between its neighbours. */
const bends = (points: readonly Point[]): Point[] =>
  points.filter(([, at], i) => points[i - 1]?.[1] !== at || points[i + 1]?.[1] !== at);

function pathOf(points: readonly Point[], x: X, y: X): string {
  return bends(points)
    .map((point, i) => `${i === 0 ? 'M' : 'L'}${placed(point, x, y)}`)
    .join('');
}

function bandOf([lower, upper]: NonNullable<Panel['band']>, x: X, y: X): string {
  const back = bends(lower)
    .reverse()
    .map((point) => `L${placed(point, x, y)}`);
  return `<path class="band" style="fill-rule:evenodd" d="${pathOf(upper, x, y)}${back.join('')}z"/>`;
}

function timeAxis({ time, shaded, mark }: Chart, at: number, x: X): string {
  const step = stepOf(time[1] - time[0], 10);
  const labels: string[] = [];
  for (let s = Math.ceil(time[0] / step) * step; s <= time[1]; s += step) {
    labels.push(
      `<text class="axis" x="${px(x(s))}" y="${at + 18}" text-anchor="middle">${String(s).replace('-', '−')} s</text>`,
    );
  }
  const middle = px(x((shaded[0] + shaded[1]) / 2));
  const storm = `<text class="stormtext" x="${middle}" y="${at + 35}" text-anchor="middle">storm</text>`;
  const told =
    mark === undefined
      ? ''
      : `<text class="marktext" x="${px(x(mark[0]))}" y="${at + 35}" text-anchor="middle">${mark[1]}</text>`;
  return [...labels, storm, told].filter((part) => part !== '').join('\n');
}
