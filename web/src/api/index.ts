// The source of this page's data, as the page itself says.
import { Folder } from "./folder";
import { Rest } from "./rest";
import type { Source } from "./source";

export const source: Source = document.documentElement.dataset["source"] === "folder" ? new Folder() : new Rest();
