// In: a table, its rows. Out: a Parquet file, Snappy, units as key-value metadata of the file. Rows
// gather to a row group and are let go once it is written.
import type { ColumnSource } from 'hyparquet-writer';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Column, ColumnType, OpenSink, Table, TableSink, Value } from './table.ts';

const GROUP_ROWS = 100_000;

const ELEMENTS = {
  int: { type: 'INT64' },
  uint: { type: 'INT64', converted_type: 'UINT_64' },
  float: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  bool: { type: 'BOOLEAN' },
} as const satisfies Record<ColumnType, object>;

export const parquetSink: OpenSink = (table, path) => new ParquetSink(table, path);

class ParquetSink<Row> implements TableSink<Row> {
  readonly #columns: readonly Column<Row>[];
  readonly #writer: ParquetWriter;
  #values: Value[][];

  constructor({ name, columns }: Table<Row>, path: string) {
    this.#columns = columns;
    this.#values = columns.map(() => []);
    const units = Object.fromEntries(columns.map((column) => [column.name, column.unit]));
    this.#writer = new ParquetWriter({
      writer: fileWriter(path),
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map((column) => ({
          name: column.name,
          repetition_type: 'OPTIONAL' as const,
          ...ELEMENTS[column.type],
        })),
      ],
      createdBy: 'wavetank',
      kvMetadata: [
        { key: 'wavetank.table', value: name },
        { key: 'wavetank.units', value: JSON.stringify(units) },
      ],
    });
  }

  write(rows: readonly Row[]): void {
    for (const row of rows) {
      for (const [at, { type, of }] of this.#columns.entries()) {
        this.#values[at]?.push(stored(type, of(row)));
      }
      if ((this.#values[0]?.length ?? 0) >= GROUP_ROWS) this.#group();
    }
  }

  #group(): void {
    const columnData: ColumnSource[] = this.#columns.map(({ name }, at) => ({
      name,
      data: this.#values[at] ?? [],
    }));
    this.#writer.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.#values = this.#columns.map(() => []);
  }

  end(): void {
    if ((this.#values[0]?.length ?? 0) > 0) this.#group();
    this.#writer.finish();
  }
}

/** 64-bit columns are bigint. */
const stored = (type: ColumnType, value: Value): Value =>
  value !== null && (type === 'int' || type === 'uint') ? BigInt(value) : value;
