// The progress of an addition, as the server sends it.
import { texts } from "../texts";
import type { JobWatcher } from "./source";
import type { Problem, Progress } from "./types";

/** Follows a job's events until it is done; resolves in either case. */
export function followJob(address: string, watcher: JobWatcher): Promise<void> {
  return new Promise((resolve) => {
    const events = new EventSource(address);
    let failures = 0;
    const end = (): void => {
      events.close();
      resolve();
    };
    const on = <T>(name: string, take: (value: T) => void): void =>
      events.addEventListener(name, (event) => {
        failures = 0;
        take(JSON.parse((event as MessageEvent<string>).data) as T);
      });
    on<Progress>("progress", (so_far) => watcher.progress(so_far));
    on<Problem>("problem", (problem) => watcher.problem(problem));
    on<Progress>("done", (result) => {
      watcher.done(result);
      end();
    });
    events.onerror = () => {
      failures += 1;
      if (failures < 4 && events.readyState !== EventSource.CLOSED) return;
      watcher.failed(texts.serverGone);
      end();
    };
  });
}
