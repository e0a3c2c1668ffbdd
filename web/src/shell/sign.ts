// Signing in with a token, where the server asks for one.
import { source } from "../api";
import { fill, h } from "../lib/dom";
import { texts } from "../texts";
import { dialog } from "./dialog";
import { toast } from "./toast";

/** Ends the session, so that whoever sits down here next has to sign in. */
export function signOut(): void {
  source.signOut().then(() => location.reload(), (error: Error) => toast(error.message));
}

export function signIn(): void {
  const token = h("input", { type: "password", id: "token", autocomplete: "current-password", required: true });
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  dialog(texts.sign.title, h("form", {
    class: "form",
    onsubmit: (event: SubmitEvent) => {
      event.preventDefault();
      source.signIn(token.value).then(() => location.reload(), (error: Error) => {
        trouble.hidden = false;
        fill(trouble, error.message);
      });
    },
  }, h("p", { class: "quiet" }, texts.sign.help), h("label", { for: "token" }, texts.sign.token, token), trouble, h("p", { class: "actions" }, h("button", { type: "submit", class: "primary" }, texts.sign.go))));
  token.focus();
}
