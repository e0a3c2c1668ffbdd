// Light, dark, or as the system: kept in this browser only.
type Choice = "system" | "light" | "dark";
const KEY = "fogline-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
let changed: () => void = () => undefined;

export const onTheme = (listener: () => void): void => void (changed = listener);

export function chosenTheme(): Choice {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function chooseTheme(choice: Choice): void {
  localStorage.setItem(KEY, choice);
  apply();
  changed();
}

export function nextTheme(): void {
  chooseTheme(document.documentElement.dataset["theme"] === "dark" ? "light" : "dark");
}

export function apply(): void {
  const choice = chosenTheme();
  document.documentElement.dataset["theme"] = choice === "dark" || (choice === "system" && system.matches) ? "dark" : "light";
}

system.addEventListener("change", () => {
  apply();
  changed();
});
