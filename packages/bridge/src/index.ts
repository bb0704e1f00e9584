// The control plane: REST, WebSocket, history, recorder and engine supervision on one origin.
export { type Bridge, buildBridge } from './bridge.ts';
export type { EngineOptions } from './lib/engine.ts';
export { type BridgeOptions, OptionError } from './options.ts';
export { ListenError, type RunningBridge, startBridge } from './server.ts';
