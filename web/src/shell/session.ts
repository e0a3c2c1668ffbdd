// Who looks at the page, as far as the page has to know: what the server says it may do.
import type { Meta } from "../api/types";

class Session {
  meta: Meta | null = null;

  may(role: "review" | "add"): boolean {
    return this.meta?.roles.includes(role) ?? false;
  }
}

export const session = new Session();
