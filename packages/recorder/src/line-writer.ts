// In: values. Out: one JSON line each at the end of a file, on disk when a flush resolves. Lines
// that arrive while a write is under way go out together in the next one (group commit).
// The first I/O error is fail-stop: nothing is written afterwards and every flush tells it.
import { type FileHandle, open } from 'node:fs/promises';

export interface LineFile {
  appendFile(text: string): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

export class LineWriter {
  readonly #file: LineFile;
  #waiting: string[] = [];
  #active: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: unknown;
  #lines = 0;

  constructor(file: LineFile) {
    this.#file = file;
  }

  /** Creates the file; it must not exist. */
  static async create(path: string): Promise<LineWriter> {
    const file: FileHandle = await open(path, 'ax');
    return new LineWriter(file);
  }

  /** Lines appended since the file was created, waiting ones included. */
  get lines(): number {
    return this.#lines;
  }

  /** True when everything appended is on disk. */
  get idle(): boolean {
    return this.#waiting.length === 0 && this.#active === undefined;
  }

  append(value: object): void {
    this.#waiting.push(`${JSON.stringify(value)}\n`);
    this.#lines++;
  }

  /** Resolves when every line appended before the call is on disk. */
  flush(): Promise<void> {
    if (this.#waiting.length === 0) return this.#active ?? this.#settled();
    if (this.#active === undefined) return this.#begin();
    this.#next ??= this.#active.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#file.close();
    }
  }

  #settled(): Promise<void> {
    return this.#failure === undefined ? Promise.resolve() : Promise.reject(this.#failure);
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#active = this.#write(text).finally(() => {
      this.#active = undefined;
    });
    return this.#active;
  }

  async #write(text: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
    } catch (cause) {
      this.#failure = cause;
      throw cause;
    }
  }
}
