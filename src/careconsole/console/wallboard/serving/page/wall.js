// Tells the terminal where its wall is, gives it the keys, and opens the page anew once a server that was gone is back.
"use strict";

const RETRY_MS = 5000;

window.addEventListener("DOMContentLoaded", () => {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const terminal = document.getElementById("terminal");
  terminal.dataset.sessionWebsocketUrl = `${scheme}//${location.host}${location.pathname}ws`;
  document.getElementById("again").addEventListener("click", () => location.reload());

  async function isThere() {
    try {
      await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
      return true;
    } catch {
      return false;
    }
  }

  async function openAnewOnceItIsBack() {
    if (await isThere()) return; // the wall alone has ended: somebody closed it
    document.getElementById("why").textContent = "The wallboard is gone. This page opens it anew once it is back.";
    while (!(await isThere())) await new Promise((done) => setTimeout(done, RETRY_MS));
    location.reload();
  }

  const watch = new MutationObserver(() => {
    const { classList } = document.body;
    if (classList.contains("-closed")) {
      watch.disconnect();
      openAnewOnceItIsBack();
    } else if (classList.contains("-first-byte")) {
      terminal.querySelector("textarea")?.focus(); // keys work without a click
    }
  });
  watch.observe(document.body, { attributes: true, attributeFilter: ["class"] });
});
