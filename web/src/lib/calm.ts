// Work that waits: until typing pauses, or until the newest of several answers is there.

/** Runs the last call only, once calls have paused for so many milliseconds. */
export function paused<A extends unknown[]>(run: (...given: A) => void, wait: number): (...given: A) => void {
  let timer = 0;
  return (...given) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => run(...given), wait);
  };
}

/** Keeps only the answer to the newest question; older ones are aborted and never arrive. */
export class Newest {
  private controller: AbortController | null = null;

  async ask<T>(question: (signal: AbortSignal) => Promise<T>, answer: (value: T) => void, failed: (error: Error) => void): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    try {
      const value = await question(controller.signal);
      if (!controller.signal.aborted) answer(value);
    } catch (error) {
      if (!controller.signal.aborted) failed(error as Error);
    }
  }
}
