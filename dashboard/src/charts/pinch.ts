// In: fingers on an element. Out: how far two of them spread, or how far one slid sideways.
// A finger that moves up or down scrolls the page, as it does everywhere.

export interface Pinch {
  /** Below 1: looks closer. */
  factor: number;
  /** Share of the width that the stretch in sight moves by; plus is later. */
  share: number;
  /** Middle of the fingers in pixels of the element. */
  x: number;
}

export function onPinch(element: HTMLElement, act: (pinch: Pinch) => void): void {
  const fingers = new Map<number, number>();
  element.style.touchAction = 'pan-y';
  const place = (event: PointerEvent): number =>
    event.clientX - element.getBoundingClientRect().left;
  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, place(event));
  });
  element.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const now = place(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other === undefined)
      act({ factor: 1, share: (before - now) / element.clientWidth, x: now });
    else
      act({ factor: spread(before, other) / spread(now, other), share: 0, x: (now + other) / 2 });
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    element.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
}

/** Fingers nearer than this are one point. */
const APART_PX = 16;
const spread = (a: number, b: number): number => Math.max(APART_PX, Math.abs(a - b));
