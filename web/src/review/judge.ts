// A judgement: asked for with its reason, saved, and taken back at will.
import { source } from "../api";
import type { NewReview, Review } from "../api/types";
import { button, fill, h } from "../lib/dom";
import { correction, reliability } from "./correction";
import { dialog } from "../shell/dialog";
import { session } from "../shell/session";
import { toast } from "../shell/toast";
import { texts } from "../texts";

const t = texts.review;
const done: Review[] = [];
type Heard = () => void;
let heard: Heard = () => undefined;

/** Says who wants to know when judgements change. */
export const onJudged = (listener: Heard): void => void (heard = listener);

/** Asks for the reason of a judgement and saves it. */
export function judge(review: Omit<NewReview, "reason">, title: string): void {
  if (!session.may("review")) return toast(t.needsRole);
  const reason = h("textarea", { required: true, rows: 3, id: "reason", "aria-describedby": "reason-why" });
  const right = review.kind === "wrong" ? correction(review.field, "value") : review.kind === "reliability" ? reliability("value") : null;
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const box = dialog(title, h("form", {
    class: "form",
    onsubmit: (event: SubmitEvent) => {
      event.preventDefault();
      const told = right?.value().trim();
      source.review({ ...review, reason: reason.value.trim(), ...(told ? { value: told } : {}) }).then((saved) => {
        box.close();
        done.push(saved);
        toast(t.saved, [t.undo, () => undo(saved)]);
        heard();
      }, (error: Error) => {
        trouble.hidden = false;
        fill(trouble, error.message);
      });
    },
  },
    right ? h("div", {}, h("label", { for: "value" }, review.kind === "wrong" ? t.value : texts.voices.reliability), right.element) : null,
    h("label", { for: "reason" }, t.reason, reason), h("p", { class: "quiet", id: "reason-why" }, t.why), trouble,
    h("p", { class: "actions" }, h("button", { type: "submit", class: "primary" }, t.save), button(texts.cancel, () => box.close(), { class: "plain" }))));
  (right ? box.querySelector<HTMLElement>("#value") : reason)?.focus();
}

/** Takes a judgement back: the last one, where none is named. */
export function undo(review: Review | undefined = done.at(-1)): void {
  if (!review) return toast(t.nothing);
  source.review({ kind: "undo", subject: review.id, reason: t.undo }).then(() => {
    const index = done.indexOf(review);
    if (index >= 0) done.splice(index, 1);
    toast(t.undone);
    heard();
  }, (error: Error) => toast(error.message));
}

