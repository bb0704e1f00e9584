// Everything of the ABI that TypeScript sees: generated records and their names.
export * from './frame-json.ts';
export * from './generated.ts';
export { digestHex, enumName, hashHex, snakeName } from './names.ts';
export { readI64, readText, readU64, writeI64, writeU64 } from './scalars.ts';
export * from './wire.ts';
