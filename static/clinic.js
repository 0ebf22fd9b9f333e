"use strict";
// The reception's one field, its sound, and printing. Everything works without this by a plain POST.
(() => {
  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  const year = document.querySelector("[name=birth_date-year]");
  if (year) year.focus();
  const field = document.getElementById("code");
  const state = document.getElementById("scan-state");
  if (!field || !state) return;

  const KANA = "わぬふあうえおやゆよ";
  const WAIT = 2000;
  const form = field.form;
  // What the page came with. A scanner may be quicker than this script: what it typed behind that counts alone.
  const shown = field.defaultValue;
  const typed = () =>
    field.value !== shown && field.value.startsWith(shown) ? field.value.slice(shown.length) : field.value;

  // Digits as the server will read them: full width, the kana of a Japanese keyboard's digit row, no spaces.
  const digitsOf = (text) =>
    [...text.normalize("NFKC")]
      .map((char) => {
        const hiragana = char >= "ァ" && char <= "ヶ" ? String.fromCharCode(char.charCodeAt(0) - 96) : char;
        const digit = KANA.indexOf(hiragana);
        return digit < 0 ? char : String(digit);
      })
      .join("")
      .replace(/[\s-]/g, "");
  const isPass = (digits) => /^8101\d{41}$/.test(digits) && BigInt(digits) % 97n === 1n;
  const markOf = (digits) => String(BigInt(digits) % 1000003n);
  const wasJustSent = (digits) => {
    const [mark, at] = (sessionStorage.getItem("sent") || "").split(" ");
    return mark === markOf(digits) && Date.now() - Number(at) < WAIT;
  };

  const sound = document.getElementById("scan-sound");
  const isLoud = () => localStorage.getItem("sound") === "on";
  const tone = (hertz) => {
    if (!isLoud() || !window.AudioContext) return;
    const audio = new AudioContext();
    const source = audio.createOscillator();
    source.frequency.value = hertz;
    source.connect(audio.destination);
    source.start();
    source.stop(audio.currentTime + 0.12);
  };
  const showSound = () => {
    sound.setAttribute("aria-pressed", String(isLoud()));
    sound.textContent = isLoud() ? "音で知らせる：オン" : "音で知らせる：オフ";
  };
  sound.hidden = false;
  showSound();
  sound.addEventListener("click", () => {
    localStorage.setItem("sound", isLoud() ? "off" : "on");
    showSound();
    tone(880);
    field.focus();
  });

  let isSending = false;
  const send = (digits) => {
    if (isSending) return;
    if (wasJustSent(digits)) {
      field.value = "";
      return;
    }
    sessionStorage.setItem("sent", `${markOf(digits)} ${Date.now()}`);
    state.textContent = "読み取りました。開いています…";
    tone(880);
    form.requestSubmit();
  };
  const look = () => {
    const digits = digitsOf(typed());
    if (isPass(digits)) send(digits);
    else if (/^8101\d{41,}$/.test(digits)) {
      state.textContent = "読みまちがいです。もう一度読み取ってください";
      tone(220);
      field.select();
    } else state.textContent = /^\d{11,}$/.test(digits) ? "読み取っています…" : "";
  };
  field.addEventListener("input", look);
  field.addEventListener("compositionend", look);
  form.addEventListener("submit", (event) => {
    if (isSending) event.preventDefault();
    else if (field.value.trim()) isSending = true;
    else {
      event.preventDefault();
      state.textContent = "まだ何も読み取っていません";
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isSending = false;
  });

  // The field stays ready: it takes the focus back, and what is typed or scanned into nothing.
  const isIdle = () => document.activeElement === document.body;
  document.addEventListener("keydown", (event) => {
    if (isIdle() && event.key.length === 1 && !event.ctrlKey && !event.metaKey) field.focus();
  });
  field.addEventListener("blur", () =>
    setTimeout(() => isIdle() && !String(getSelection()) && field.focus(), 200),
  );
  const makeRoom = () => shown && field.value === shown && field.select();
  field.addEventListener("focus", makeRoom);
  if (document.activeElement === field) makeRoom();
  if (typed() !== shown) look();
  if (document.getElementById("problems")) tone(220);
})();
