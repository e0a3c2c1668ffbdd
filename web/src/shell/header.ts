// The head of the page: name, search, tabs of the ledger, what can be done.
import { paused } from "../lib/calm";
import { button, h } from "../lib/dom";
import { store } from "../state/store";
import { texts } from "../texts";
import { openFilters } from "./filters";
import { showKeys } from "./keys";
import { session } from "./session";
import { signIn, signOut } from "./sign";
import { nextTheme } from "./theme";

export interface Actions { add(): void; share(): void }

export class Header {
  readonly element: HTMLElement;
  readonly search = h("input", { type: "search", id: "search", placeholder: texts.search, "aria-label": texts.search, autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });

  constructor(actions: Actions) {
    const typed = paused(() => store.set({ q: this.search.value.trim() || null, open: null }, { step: false }), 160);
    this.search.addEventListener("input", typed);
    this.search.value = store.now.q ?? "";
    store.watch((now) => {
      if (document.activeElement !== this.search) this.search.value = now.q ?? "";
    });
    const mayAdd = session.may("add");
    this.element = h("header", { class: "top" },
      h("a", { class: "brand", href: "#", "aria-label": `${texts.name}. ${texts.purpose}` }, mark(), h("span", {}, texts.name)),
      h("div", { class: "search", role: "search" }, this.search, h("kbd", { "aria-hidden": "true" }, "/")),
      button(texts.filters.more, openFilters, { class: "plain" }),
      h("span", { class: "grow" }),
      mayAdd ? button(`+ ${texts.add.open}`, actions.add, { class: "primary" }) : null,
      button(texts.share.open, actions.share, { class: "plain" }),
      session.meta?.token_needed && !session.may("add") ? button(texts.sign.go, signIn, { class: "plain" }) : null,
      session.meta?.token_needed ? button(texts.sign.out, signOut, { class: "plain", title: session.meta.reviewer ?? "" }) : null,
      button("◐", nextTheme, { class: "round", "aria-label": texts.theme.label, title: texts.theme.label }),
      button("?", showKeys, { class: "round", "aria-label": texts.help.open, title: texts.help.title }));
  }
}

/** Three lines that thin out: what is told, through the fog. */
function mark(): HTMLElement {
  return h("span", { class: "mark", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
}
