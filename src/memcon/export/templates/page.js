"use strict";
// Shows which words a line rests on, and which lines rest on a word. The links do the same without this script.
(() => {
  const words = new Map();
  for (const word of document.querySelectorAll(".w")) {
    for (const id of word.dataset.f.split(" ")) {
      if (!words.has(id)) words.set(id, []);
      words.get(id).push(word);
    }
  }
  let lit = [];
  const light = (elements) => {
    for (const x of lit) x.classList.remove("on");
    lit = elements;
    for (const x of lit) x.classList.add("on");
  };
  const related = (target) => {
    const fact = target.closest?.(".fact");
    if (fact) return [fact, ...(words.get(fact.id) || [])];
    const word = target.closest?.(".w");
    if (!word) return null;
    return [word, ...word.dataset.f.split(" ").map((id) => document.getElementById(id)).filter(Boolean)];
  };
  let kept = [];
  const show = (event) => light(related(event.target) || kept);
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("focusout", () => light(kept));
  document.addEventListener("click", (event) => {
    const found = related(event.target);
    kept = found || [];
    light(kept);
    const fact = event.target.closest?.(".fact");
    // A click anywhere on a line leads to its words, as its link does; a selection in progress is left alone.
    if (fact && !event.target.closest("a") && String(getSelection()) === "") {
      const first = (words.get(fact.id) || [])[0];
      if (first) first.scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light((kept = []));
  });
})();
