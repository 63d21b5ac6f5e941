"use strict";
// A button that copies each script. Without this one the scripts can be selected by hand.
(() => {
  const selected = (code) => {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const copied = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      selected(code); // a page from a disk may have no clipboard
      return document.execCommand("copy");
    }
  };
  const add = () => {
    for (const code of document.querySelectorAll(".script:not(button + .script)")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy the script";
      button.addEventListener("click", async () => {
        button.textContent = (await copied(code)) ? "Copied" : "Press Ctrl+C to copy";
      });
      code.before(button);
    }
  };
  document.addEventListener("report", add); // a page may take in another report
  add();
})();
