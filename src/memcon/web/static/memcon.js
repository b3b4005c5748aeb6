// What pages do better with a script: a fact's words light up where they stand, without loading the page anew; keys.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function light(report, start, end) {
    const text = document.querySelector(`[data-text="${CSS.escape(report)}"]`);
    if (!text) return false;
    all("[data-s].at, [data-s].near").forEach((piece) => piece.classList.remove("at", "near"));
    const found = all("[data-s]", text).filter((piece) => Number(piece.dataset.s) >= start && Number(piece.dataset.e) <= end);
    found.forEach((piece) => piece.classList.add("at"));
    if (!found.length) return false;
    show(found[0]);
    document.getElementById("told").textContent = `The words: ${found.map((piece) => piece.textContent).join("")}`;
    return true;
  }

  // Where the reports stand in a column of their own, only that column moves: the facts stay where the reader is.
  function show(piece) {
    const column = piece.closest("aside.sources");
    if (column && getComputedStyle(column).overflowY === "auto" && column.scrollHeight > column.clientHeight) {
      const gap = piece.getBoundingClientRect().top - column.getBoundingClientRect().top;
      column.scrollTo({ top: column.scrollTop + gap - column.clientHeight / 3 });
    } else piece.scrollIntoView({ block: "center" });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-report]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!light(link.dataset.report, Number(link.dataset.start), Number(link.dataset.end))) return;
    event.preventDefault();
    all("a[data-report].on").forEach((other) => other.classList.remove("on"));
    link.classList.add("on");
    history.replaceState(null, "", new URL(link.href).search);
  });

  const asked = document.getElementById("at");
  if (asked) show(asked);

  const places = { m: "/meetings", v: "/visits", p: "/people", a: "/agreements", l: "/plans", c: "/calendar", r: "/reports", h: "/" };
  // Single keys get in the way of speech input and some screen readers: /keys turns them off.
  const off = () => localStorage.getItem("keys") === "off";
  const toggle = document.getElementById("keys-off");
  if (toggle) {
    const word = () => (toggle.textContent = off() ? "Turn the keys on" : "Turn the keys off");
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      localStorage.setItem("keys", off() ? "on" : "off");
      word();
    });
    word();
  }

  // Paper cannot be opened: what is folded up is printed too.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    folded = [];
  });

  let going = false;
  document.addEventListener("keydown", (event) => {
    if (off()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find").focus();
    } else if (event.key === "?") location.href = "/keys";
    else if (event.key === "g") {
      going = true;
      setTimeout(() => (going = false), 1500);
    } else if (going && places[event.key]) location.href = places[event.key];
    else if (event.key === "n" || event.key === "b") {
      const step = document.querySelector(event.key === "n" ? "a[rel=next]" : "a[rel=prev]");
      if (step) location.href = step.href;
      else if (event.key === "b") history.back();
    }
  });
})();
