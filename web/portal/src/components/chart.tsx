import { useEffect, useRef, useState } from 'preact/hooks';
import { onThemeChange, token } from '../theme/theme';
import { Button } from './button';
import { type ChartProps, chartCsv, chartRows } from './chart-data';
import { downloadText } from './download';
import { ScrollRegion } from './scroll-region';
import { absoluteTime } from './time';

const plain = (value: number) => value.toLocaleString('en');

/** A time series as a drawing, with the same figures as a table and as CSV behind two buttons. */
export function Chart(props: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure class="chart card">
      <figcaption class="chart-head">
        <h2 class="card-title">{props.title}</h2>
        <Button
          size="s"
          variant="quiet"
          icon="table"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          Table
        </Button>
        <Button
          size="s"
          variant="quiet"
          icon="download"
          aria-label={`Download “${props.title}” as CSV`}
          onClick={() => downloadText(props.fileName, chartCsv(props.data), 'text/csv')}
        >
          CSV
        </Button>
      </figcaption>
      {asTable ? <ChartTable {...props} /> : <Drawing {...props} />}
    </figure>
  );
}

function ChartTable({ title, data, format = plain }: ChartProps) {
  return (
    <ScrollRegion class="table-scroll chart-table" label={`${title}, figures`}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col" class="cell">
              Time
            </th>
            {data.series.map(({ label }) => (
              <th key={label} scope="col" class="cell-end">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chartRows(data).map(([time, ...values]) => (
            <tr key={String(time)}>
              <th scope="row" class="cell">
                {absoluteTime(new Date(String(time)))}
              </th>
              {values.map((value, index) => (
                <td key={data.series[index]?.label} class="cell-end">
                  {typeof value === 'number' ? format(value) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Drawing(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [colours, setColours] = useState(0);
  useEffect(() => onThemeChange(() => setColours((count) => count + 1)), []);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let gone = false;
    let end = () => {};
    void import('./chart-drawing').then(({ drawChart }) => {
      if (!gone) end = drawChart(element, props, token);
    });
    return () => {
      gone = true;
      end();
    };
  }, [props.data, props.kind, props.height, colours]);
  const legend = props.data.series.map(({ label, tone }) => (
    <li key={label} class={`legend-${tone ?? 'grey'}`}>
      {label}
    </li>
  ));
  return (
    <>
      <ul class="legend">{legend}</ul>
      <div
        class="chart-drawing"
        ref={place}
        role="img"
        aria-label={`${props.title}; the figures are in the table view`}
      />
    </>
  );
}
