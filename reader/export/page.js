"use strict";
(() => {
  const quotations = [...document.querySelectorAll("q[id]")];
  const keys = document.querySelector(".keys");
  if (!quotations.length || !keys) return;
  keys.hidden = false;
  let current = quotations.findIndex((q) => "#" + q.id === location.hash);
  const go = (step) => {
    current = current < 0 ? (step > 0 ? 0 : quotations.length - 1) : (current + step + quotations.length) % quotations.length;
    location.replace("#" + quotations[current].id);
    quotations[current].focus({ preventScroll: true });
  };
  addEventListener("hashchange", () => {
    const found = quotations.findIndex((q) => "#" + q.id === location.hash);
    if (found >= 0) current = found;
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "]" || event.key === "n") go(1);
    else if (event.key === "[" || event.key === "p") go(-1);
  });
  // The quotation and its note light up together.
  const light = (on) => (event) => {
    const part = event.target.closest("q[data-n], .notes li[data-n]");
    if (!part) return;
    for (const other of document.querySelectorAll(`[data-n="${part.dataset.n}"]`)) other.classList.toggle("lit", on);
  };
  document.addEventListener("mouseover", light(true));
  document.addEventListener("mouseout", light(false));
})();
