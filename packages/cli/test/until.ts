// Waits for a condition, within a time that only a hang exceeds.
const PATIENCE_MS = 60_000;
const STEP_MS = 10;

export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += STEP_MS) {
    if (waited > PATIENCE_MS) throw new Error(`waited ${PATIENCE_MS} ms in vain: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
