// In: a table, its rows. Out: a CSV file by RFC 4180 with a head line; null is empty.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { OpenSink, Value } from './table.ts';

export const csvSink: OpenSink = ({ columns }, path) => {
  const file = openSync(path, 'w');
  writeSync(file, `${columns.map((column) => column.name).join(',')}\r\n`);
  return {
    write: (rows) => {
      const lines = rows.map((row) => columns.map(({ of }) => cell(of(row))).join(','));
      if (lines.length > 0) writeSync(file, `${lines.join('\r\n')}\r\n`);
    },
    end: () => closeSync(file),
  };
};

function cell(value: Value): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
