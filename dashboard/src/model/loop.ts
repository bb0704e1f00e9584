// In: drawing tasks with the rate they want. Out: one animation frame loop for the whole page.
// A frame runs what is due, oldest first, and stops at its budget; the rest comes first next time.

interface Task {
  draw: (now: number) => void;
  every_ms: number;
  due: number;
}

/** Half of what a frame may cost: the task that crosses it is the last of its frame. */
const BUDGET_MS = 2;

export class Loop {
  private tasks: Task[] = [];
  private frame = 0;

  /** Returns how to leave the loop. */
  add(hz: number, draw: (now: number) => void): () => void {
    const task = { draw, every_ms: 1000 / hz, due: 0 };
    this.tasks.push(task);
    if (this.frame === 0) this.frame = requestAnimationFrame(this.run);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== task);
    };
  }

  private readonly run = (now: number): void => {
    this.frame = this.tasks.length === 0 ? 0 : requestAnimationFrame(this.run);
    const due = this.tasks.filter((task) => task.due <= now).sort((a, b) => a.due - b.due);
    const started = performance.now();
    for (const task of due) {
      task.due = Math.max(task.due + task.every_ms, now);
      task.draw(now);
      if (performance.now() - started > BUDGET_MS) break;
    }
  };
}

export const loop = new Loop();
