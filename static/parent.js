"use strict";
// Only enhances: every page works without it.
(() => {
  const one = (selector) => document.querySelector(selector);
  const form = one("form[data-quiet='1']");

  // The summary of mistakes is what a screen reader should hear first.
  one("#problems")?.focus();

  // Follow-ups unfold beneath the answers that open them.
  const holds = (rule) => {
    const [how, ...pairs] = rule.split(" ");
    const met = (pair) => {
      const [name, value] = pair.split("=");
      return [...document.getElementsByName(name)].some((field) => field.checked && field.value === value);
    };
    return how === "all" ? pairs.every(met) : pairs.some(met);
  };
  const unfold = () => {
    for (const box of document.querySelectorAll("[data-when]")) box.hidden = !holds(box.dataset.when);
  };
  unfold();
  document.addEventListener("change", unfold);

  // Quiet saving, two seconds after the last change.
  if (form) {
    const saved = one("#saved");
    let timer = 0;
    let isLeaving = false;
    const save = async () => {
      if (isLeaving) return;
      const fields = new FormData(form);
      fields.append("quiet", "1");
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body: new URLSearchParams(fields),
          keepalive: true,
          redirect: "error",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const told = await answer.json();
        form.elements.revision.value = told.revision;
        saved.textContent = told.saved;
      } catch {
        if (!isLeaving) saved.textContent = saved.dataset.failed;
      }
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(save, 2000);
    };
    form.addEventListener("input", soon);
    form.addEventListener("submit", () => {
      isLeaving = true;
      clearTimeout(timer);
    });
  }

  // Leaves at once; "back" does not lead here again.
  one("[data-leave]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });

  // The screen stays on while the code is shown.
  const awake = () => {
    if (one("[data-awake]") && document.visibilityState === "visible") {
      navigator.wakeLock?.request("screen").catch(() => {});
    }
  };
  awake();
  document.addEventListener("visibilitychange", awake);

  // A page from the back-forward cache may be old.
  addEventListener("pageshow", (event) => {
    if (event.persisted && form) location.reload();
  });

  // A word before the session ends.
  const idle = one("[data-idle]");
  if (idle) setTimeout(() => (idle.hidden = false), Number(idle.dataset.idle) * 1000);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
