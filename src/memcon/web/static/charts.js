// Draws each table marked as data, from its own cells: the picture and the table cannot differ.
"use strict";

(() => {
  if (typeof Chart === "undefined") return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const rows = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  const shades = ["--link", "--ok", "--wait", "--soft"];

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = colour("--soft");
  Chart.defaults.borderColor = colour("--line");
  Chart.defaults.animation = false;

  for (const table of document.querySelectorAll("table[data-chart]")) {
    const figure = table.closest("figure");
    const cells = rows(table);
    if (cells.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
    const box = document.createElement("div");
    box.className = "canvas";
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${table.dataset.title}: the table beside this picture holds the same numbers`);
    box.append(canvas);
    figure.append(box);
    const stacked = table.dataset.chart === "stacked";
    new Chart(canvas, {
      type: "bar",
      data: {
        labels: cells.map((row) => row[0]),
        datasets: heads.map((label, i) => ({ label, data: cells.map((row) => Number(row[i + 1])), backgroundColor: colour(shades[i % shades.length]), maxBarThickness: 42 })),
      },
      options: {
        maintainAspectRatio: false,
        plugins: { legend: { display: heads.length > 1, position: "bottom" }, title: { display: true, text: table.dataset.title, color: colour("--ink") } },
        scales: { x: { stacked, grid: { display: false } }, y: { stacked, beginAtZero: true, ticks: { precision: 0 } } },
      },
    });
  }
})();
