// Says that two events are one: the other is found by its words.
import { source } from "../api";
import type { EventFull, EventItem } from "../api/types";
import { typeMark } from "../lib/bits";
import { paused } from "../lib/calm";
import { interval } from "../lib/days";
import { button, fill, h, said } from "../lib/dom";
import { dialog } from "../shell/dialog";
import { session } from "../shell/session";
import { toast } from "../shell/toast";
import { EMPTY } from "../state/view";
import { texts } from "../texts";
import { judge } from "./judge";

export function sameAs(event: EventFull): void {
  if (!session.may("review")) return toast(texts.review.needsRole);
  const input = h("input", { type: "search", id: "same-search", autocomplete: "off" });
  const list = h("ul", { class: "pick" });
  const box = dialog(texts.review.sameTitle, h("div", { class: "form" }, h("label", { for: "same-search" }, texts.review.pick, input), list));
  const choose = async (other: EventItem): Promise<void> => {
    box.close();
    const full = await source.event(other.id);
    judge({ kind: "same", subject: event.claims[0]!, other: full.claims[0]! }, `${texts.review.same}: ${other.title}`);
  };
  const find = paused(() => {
    const query = { ...EMPTY, q: input.value.trim() || null, place: input.value.trim() ? null : event.place };
    source.events(query, null).then(({ items }) => fill(list, ...items.filter((one) => one.id !== event.id).slice(0, 12).map((one) =>
      h("li", {}, button([typeMark(one.type), " ", said(one.title), h("span", { class: "quiet" }, ` ${interval(one.earliest, one.latest)}`)], () => void choose(one), { class: "claim-line" })))), (error: Error) => fill(list, h("li", {}, error.message)));
  }, 200);
  input.addEventListener("input", find);
  find();
  input.focus();
}
