// Out: what a reader has to know of the machine a figure comes from.
import os from 'node:os';

export interface Machine {
  cpu: string;
  cores: number;
  memory_gib: number;
  platform: string;
  /** One-minute load average before the run; above the number of cores, others were at work. */
  load: number;
}

export function machine(): Machine {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory_gib: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.release()} ${os.arch()}`,
    load: Math.round((os.loadavg()[0] ?? 0) * 100) / 100,
  };
}
