"use strict";

// A click on a column's name sorts by it, a second one the other way.
function value(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value === undefined ? cell.innerText.toLowerCase() : Number(cell.dataset.value);
}

function sort(table, column, ascending) {
  const rows = Array.from(table.tBodies[0].rows);
  const sign = ascending ? 1 : -1;
  rows.sort((one, other) => {
    const a = value(one, column);
    const b = value(other, column);
    return a < b ? -sign : a > b ? sign : 0;
  });
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table.sorted")) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const ascending = head.ariaSort !== "ascending";
      heads.forEach((each) => { each.ariaSort = null; });
      head.ariaSort = ascending ? "ascending" : "descending";
      sort(table, column, ascending);
    });
  });
}

const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase();
  const rows = Array.from(filter.closest("section").querySelectorAll("tbody tr"));
  for (const row of rows) {
    row.hidden = !row.cells[0].innerText.toLowerCase().includes(words);
  }
  const shown = rows.filter((row) => !row.hidden).length;
  document.getElementById("shown").textContent = `${shown} of ${rows.length}`;
});
