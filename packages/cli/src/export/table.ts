// A table as it leaves the project: named, typed columns with their units. Knows no format and no run.

/** `int` and `uint` are 64 bits wide. */
export type ColumnType = 'int' | 'uint' | 'float' | 'text' | 'bool';
export type Value = number | bigint | string | boolean | null;

export interface Column<Row> {
  name: string;
  type: ColumnType;
  /** Unit or meaning, in words; goes into the file's metadata. */
  unit: string;
  of: (row: Row) => Value;
}

export interface Table<Row> {
  name: string;
  columns: readonly Column<Row>[];
}

/** Takes a table's rows, some at a time. */
export interface TableSink<Row> {
  write(rows: readonly Row[]): void;
  end(): void;
}

export type OpenSink = <Row>(table: Table<Row>, path: string) => TableSink<Row>;

type Fields = { readonly [name: string]: readonly [ColumnType, string] };

/** Columns that are keys of their rows. */
export const columnsOf = (fields: Fields): Column<{ [key: string]: unknown }>[] =>
  Object.entries(fields).map(([name, [type, unit]]) => ({
    name,
    type,
    unit,
    of: (row) => cellOf(row[name]),
  }));

function cellOf(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
