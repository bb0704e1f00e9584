// In: options. Out: a bridge that listens. Knows the ways in which listening fails, in words.
import type { AddressInfo } from 'node:net';
import { type Bridge, buildBridge } from './bridge.ts';
import type { BridgeOptions } from './options.ts';

export interface RunningBridge extends Bridge {
  url: string;
  close(): Promise<void>;
}

/** The port or address cannot be had. */
export class ListenError extends Error {
  readonly code: 'PORT_IN_USE' | 'LISTEN_FAILED';
  constructor(code: ListenError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ListenError';
    this.code = code;
  }
}

export async function startBridge(options: BridgeOptions): Promise<RunningBridge> {
  const bridge = await buildBridge(options);
  const { host, port } = bridge.parts.options;
  try {
    await bridge.app.listen({ host, port });
  } catch (cause) {
    await bridge.app.close();
    throw listenError(cause as NodeJS.ErrnoException, host, port);
  }
  const bound = bridge.app.server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return { ...bridge, url: `http://${name}:${bound.port}`, close: () => bridge.app.close() };
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): ListenError {
  if (cause.code === 'EADDRINUSE') {
    const message = `port ${port} is in use: stop what uses it, or choose another port`;
    return new ListenError('PORT_IN_USE', message, cause);
  }
  return new ListenError('LISTEN_FAILED', `${host}:${port}: ${cause.message}`, cause);
}
