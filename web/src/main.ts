import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "./style/tokens.css";
import "./style/controls.css";
import "./style/layout.css";
import "./style/ledger.css";
import "./style/detail.css";
import "./style/control.css";
import "./style/map.css";
import "./style/time.css";
import "./style/dialogs.css";
import "./style/phone.css";
import { Refused } from "./api/rest";
import { problem } from "./lib/bits";
import { App } from "./shell/app";
import { signIn } from "./shell/sign";
import { apply } from "./shell/theme";

apply();
const root = document.getElementById("app")!;
new App().start(root).catch((error: Error) => {
  root.replaceChildren(problem(error.message, () => location.reload()));
  if (error instanceof Refused && (error.status === 401 || error.status === 403)) signIn();
});
