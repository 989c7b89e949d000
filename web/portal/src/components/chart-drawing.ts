import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { ChartProps } from './chart-data';

type Token = (name: string) => string;

const kDefaultHeight = 200;

const colourOf = (tone: 'accent' | 'danger' | undefined, token: Token) => token(`--${tone ?? 'muted'}`);

function seriesOf({ data, kind }: ChartProps, token: Token): uPlot.Series[] {
  const bars = kind === 'bars' ? uPlot.paths.bars?.({ size: [0.7, 40] }) : undefined;
  return (kind === 'bars' ? [...data.series].reverse() : data.series).map(({ label, tone }) => ({
    label,
    stroke: colourOf(tone, token),
    width: tone === 'accent' ? 2 : 1.25,
    points: { show: false },
    ...(bars === undefined ? {} : { paths: bars, fill: colourOf(tone, token), width: 0 }),
  }));
}

/** Bars are stacked: the last series is drawn first, as high as all together, the others cover it from below. */
function valuesOf({ data, kind }: ChartProps): (number | null)[][] {
  if (kind !== 'bars') return data.series.map(({ values }) => [...values]);
  const sums = data.times.map(() => 0);
  const stacked = data.series.map(({ values }) =>
    values.map((value, index) => {
      sums[index] = (sums[index] ?? 0) + (value ?? 0);
      return sums[index] ?? 0;
    }),
  );
  return stacked.reverse();
}

/** Half a step of room at both ends, so that the first and the last bar are whole. */
function timeRange(kind: ChartProps['kind'], times: readonly number[]): [number, number] {
  const [first = 0, second = first] = times;
  const room = kind === 'bars' ? (second - first) / 2 : 0;
  return [first - room, (times.at(-1) ?? first) + room];
}

const kDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const kHour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const kSecondsOfDay = 86_400;

function axisOf(token: Token): Pick<uPlot.Axis, 'stroke' | 'grid' | 'ticks' | 'font'> {
  return {
    stroke: token('--muted'),
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${token('--font')}`,
  };
}

/** Draws into `place` and follows its width. Returns what takes the drawing away. */
export function drawChart(place: HTMLElement, props: ChartProps, token: Token): () => void {
  const height = props.height ?? kDefaultHeight;
  const format = props.format ?? ((value: number) => value.toLocaleString('en'));
  const times = props.data.times.map((time) => new Date(time).getTime() / 1000);
  const plot = new uPlot(
    {
      width: Math.max(place.clientWidth, 200),
      height,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: {
        x: { range: () => timeRange(props.kind, times) },
        y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.1 : 1] },
      },
      series: [{}, ...seriesOf(props, token)],
      axes: [
        {
          ...axisOf(token),
          grid: { show: false },
          size: 30,
          space: 72,
          values: (_plot, marks, _axis, _space, step) =>
            marks.map((mark) => (step >= kSecondsOfDay ? kDay : kHour).format(mark * 1000)),
        },
        {
          ...axisOf(token),
          size: 56,
          space: 36,
          values: (_plot, marks) => marks.map((mark) => format(mark)),
        },
      ],
      plugins: [hint(props, format)],
    },
    [times, ...valuesOf(props)],
    place,
  );
  const sizes = new ResizeObserver(() => plot.setSize({ width: Math.max(place.clientWidth, 200), height }));
  sizes.observe(place);
  return () => {
    sizes.disconnect();
    plot.destroy();
  };
}

/** The figures under the pointer, as text nodes. */
function hint(props: ChartProps, format: (value: number) => string): uPlot.Plugin {
  const box = document.createElement('div');
  box.className = 'chart-hint';
  box.hidden = true;
  const show = (plot: uPlot) => {
    const index = plot.cursor.idx;
    box.hidden =
      index === null || index === undefined || plot.cursor.left === undefined || plot.cursor.left < 0;
    if (box.hidden || index === null || index === undefined) return;
    const time = new Date(props.data.times[index] ?? 0).toLocaleString('en-GB', {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    const lines = props.data.series.map(({ label, values }) => {
      const value = values[index];
      return `${label}: ${typeof value === 'number' ? format(value) : '–'}`;
    });
    box.textContent = [time, ...lines].join('\n');
    const left = plot.cursor.left ?? 0;
    box.style.left = `${Math.min(left + 12, plot.over.clientWidth - box.offsetWidth)}px`;
  };
  return { hooks: { init: (plot) => void plot.over.append(box), setCursor: show } };
}
