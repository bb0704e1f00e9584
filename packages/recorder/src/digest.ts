// In: a file. Out: its size and XXH64, 16 lower-case hex digits, as run.yaml and the log's seal
// name it. Reads in chunks, so a file of any size needs little memory.
import { createReadStream } from 'node:fs';
import xxhash from 'xxhash-wasm';

export interface FileDigest {
  bytes: number;
  xxh64: string;
}

export async function fileDigest(path: string): Promise<FileDigest> {
  const { create64 } = await xxhash();
  const hash = create64();
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, xxh64: hash.digest().toString(16).padStart(16, '0') };
}
