// Out: the eight witnesses of the gate: four books, each fed by the Zig parser and by the Rust one.
import { IMPLEMENTATIONS, openWalker } from '../walker.ts';
import type { Witness } from './compare.ts';

export const WITNESSES: Witness[] = IMPLEMENTATIONS.flatMap((implementation) =>
  (['zig', 'rust'] as const).map((parser) => ({
    name: `${implementation} book fed by the ${parser} parser`,
    open: (stream) =>
      openWalker({
        source: stream.source,
        framing: stream.framing,
        parser,
        implementation,
        chained: true,
      }),
  })),
);
