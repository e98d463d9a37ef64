"use client";

import { useEffect } from "react";

/** Scripts in HTML run only where a parser meets them: so it is parsed in the browser. */
export function UserBar({ html }: { html: string }) {
  useEffect(() => {
    const bar = document.createElement("div");
    bar.append(document.createRange().createContextualFragment(html));
    document.body.append(bar);
    return () => bar.remove();
  }, [html]);
  return null;
}
