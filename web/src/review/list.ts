// Judgements that were made, each with its reason and a way back.
import type { Review } from "../api/types";
import { button, h, said } from "../lib/dom";
import { texts } from "../texts";
import { undo } from "./judge";

export function judgements(reviews: Review[]): HTMLElement {
  return h("ul", { class: "judgements" }, ...reviews.map((review) => h("li", { class: isUndone(review) ? "undone" : "" },
    h("span", { class: "strong" }, texts.review.kinds[review.kind] ?? review.kind, review.field ? ` · ${texts.fields[review.field] ?? review.field}` : ""), " ", said(review.reason),
    review.value ? [" → ", said(review.value)] : null,
    h("span", { class: "quiet" }, " ", said([review.reviewer, review.at?.slice(0, 10)].filter(Boolean).join(", "))),
    isUndone(review) || review.kind === "undo" ? null : button(texts.review.undo, () => undo(review), { class: "judge" }))));
}

export const isUndone = (review: Review): boolean => review.undone === true || review.active === false;
