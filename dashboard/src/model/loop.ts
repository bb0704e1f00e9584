// In: drawing tasks with the rate they want. Out: one animation frame loop for the whole page.
// A frame runs what is due, oldest first, while the next one fits its budget as it used to cost; the
// rest comes first next time.

interface Task {
  draw: (now: number) => void;
  every_ms: number;
  due: number;
  /** What it lately cost in ms: at once when it rises, slowly when it falls. */
  usual_ms: number;
}

/** A frame costs no more than this, or than its one dearest task. */
const BUDGET_MS = 2;
/** Share of an old cost that is kept. */
const COST_DECAY = 0.9;

export class Loop {
  private tasks: Task[] = [];
  private frame = 0;

  /** Returns how to leave the loop. */
  add(hz: number, draw: (now: number) => void): () => void {
    const task = { draw, every_ms: 1000 / hz, due: 0, usual_ms: 0 };
    this.tasks.push(task);
    if (this.frame === 0) this.frame = requestAnimationFrame(this.run);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== task);
    };
  }

  private readonly run = (now: number): void => {
    this.frame = this.tasks.length === 0 ? 0 : requestAnimationFrame(this.run);
    const due = this.tasks.filter((task) => task.due <= now).sort((a, b) => a.due - b.due);
    let spent = 0;
    for (const task of due) {
      if (spent > 0 && spent + task.usual_ms > BUDGET_MS) break;
      task.due = Math.max(task.due + task.every_ms, now);
      const began = performance.now();
      task.draw(now);
      const cost = performance.now() - began;
      task.usual_ms = Math.max(cost, COST_DECAY * task.usual_ms);
      spent += cost;
    }
  };
}

export const loop = new Loop();
