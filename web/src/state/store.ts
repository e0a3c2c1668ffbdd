// The one view that all parts show; whoever changes it changes the address.
import { asAddress, fromAddress } from "./address";
import { EMPTY, type View } from "./view";

type Watcher = (now: View, before: View) => void;

class ViewStore {
  private view: View = fromAddress(location.hash);
  private watchers: Watcher[] = [];

  constructor() {
    window.addEventListener("popstate", () => this.arrive(fromAddress(location.hash)));
  }

  get now(): View {
    return this.view;
  }

  watch(watcher: Watcher): void {
    this.watchers.push(watcher);
  }

  /** Changes the view. What opens or filters is a step back in the browser; what moves is not. */
  set(change: Partial<View>, { step = true } = {}): void {
    const next = { ...this.view, ...change };
    const address = asAddress(next);
    if (address === asAddress(this.view)) return;
    const target = address ? `#${address}` : location.pathname + location.search;
    if (step) history.pushState(null, "", target);
    else history.replaceState(null, "", target);
    this.arrive(next);
  }

  /** Takes all filters away, and closes what is open; then changes what it is told to. */
  clear(change: Partial<View> = {}): void {
    const { tab, camera, colour, control, group, follow, sort } = this.view;
    this.set({ ...EMPTY, tab, camera, colour, control, group, follow, sort, ...change });
  }

  private arrive(next: View): void {
    const before = this.view;
    this.view = next;
    for (const watcher of this.watchers) watcher(next, before);
  }
}

export const store = new ViewStore();
