// In: what a run holds. Out: files of it that leave the page: CSV, Parquet, PNG, as bytes and a name.
import { MEASURE_NAMES, type RecordedRun } from './recorded-run.ts';

const COLUMNS = ['t_s', ...MEASURE_NAMES] as const;

const columnOf = (run: RecordedRun, name: (typeof COLUMNS)[number]): Float64Array =>
  name === 't_s' ? run.t_s : run.columns[name];

/** One row a recorded tick; prices in dollars, times in virtual seconds since venue midnight. */
export function csvOf(run: RecordedRun): string {
  const columns = COLUMNS.map((name) => columnOf(run, name));
  const rows = Array.from(run.t_s, (_, at) =>
    columns.map((column) => textOf(column[at] as number)).join(','),
  );
  return `${COLUMNS.join(',')}\n${rows.join('\n')}\n`;
}

/** Twelve digits hold every price and size without the noise of binary fractions. */
const textOf = (value: number): string =>
  Number.isNaN(value) ? '' : String(Number(value.toPrecision(12)));

/** The writer is fetched when somebody asks. */
export async function parquetOf(run: RecordedRun): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  return parquetWriteBuffer({
    columnData: COLUMNS.map((name) => ({
      name,
      type: 'DOUBLE',
      nullable: true,
      data: Array.from(columnOf(run, name), (value) => (Number.isNaN(value) ? null : value)),
    })),
    kvMetadata: [
      { key: 'wavetank.run_id', value: run.run_id },
      { key: 'wavetank.symbol', value: run.symbol },
    ],
  });
}

export function save(name: string, type: string, body: BlobPart): void {
  const address = URL.createObjectURL(new Blob([body], { type }));
  const link = document.createElement('a');
  Object.assign(link, { href: address, download: name });
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
