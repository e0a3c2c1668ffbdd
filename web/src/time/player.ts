// Plays through days, one after another.
import { addDays } from "../lib/days";

const PACE = 650; // milliseconds a day

export class Player {
  private timer = 0;

  constructor(private readonly step: (day: string) => void, private readonly changed: (playing: boolean) => void) {}

  get playing(): boolean {
    return this.timer !== 0;
  }

  /** Starts at a day and goes on to the last; stops there. */
  play(first: string, last: string): void {
    this.stop();
    let day = first;
    this.step(day);
    this.timer = window.setInterval(() => {
      day = addDays(day, 1);
      if (day > last) this.stop();
      else this.step(day);
    }, PACE);
    this.changed(true);
  }

  stop(): void {
    if (!this.timer) return;
    window.clearInterval(this.timer);
    this.timer = 0;
    this.changed(false);
  }
}
