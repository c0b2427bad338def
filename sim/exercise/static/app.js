// Keeps a page current: listens for changes, fetches the page again, and replaces the parts that differ. Adds up what a
// decision takes of each budget while it is being made; the server checks the same. Nothing later than ES2017 is used,
// because browsers inside messengers are old.
"use strict";
(function () {
  const body = document.body;
  const gone = document.getElementById("gone");
  let version = body.dataset.version || "";
  let polling = null;
  let busy = false;
  let again = false;
  let heardAt = Date.now();

  function grouped(value) {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function addUp() {
    document.querySelectorAll("form .pot").forEach(function (pot) {
      let spent = Number(pot.dataset.fixed);
      let bound = spent;
      const takers = pot.closest("form").querySelectorAll("[data-takes='" + pot.dataset.pot + "']");
      takers.forEach(function (one) {
        const taken = Number(one.dataset.each) * Number(one.value === "" ? one.dataset.usual : one.value);
        spent += taken;
        // of hours and fees the agent takes what remains; a line of yearly money that is left open stays as it is
        if (one.value !== "" || pot.dataset.year === "1") bound += taken;
      });
      if (!takers.length) return;
      const most = Number(pot.dataset.most);
      pot.querySelector(".spent").textContent = grouped(spent);
      pot.querySelector(".left").textContent = grouped(most - spent);
      pot.classList.toggle("over", spent > most * 1.000001);
      pot.tooMuch = bound > most * 1.000001;
      if (!pot.tooMuch) pot.querySelector(".too").hidden = true;
    });
  }

  function tick() {
    document.querySelectorAll(".clock[data-runs='1']").forEach(function (clock) {
      if (!clock.ends) clock.ends = Date.now() + 1000 * Number(clock.dataset.seconds);
      const left = Math.max(0, Math.round((clock.ends - Date.now()) / 1000));
      const text = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
      clock.querySelector(".time").textContent = text;
      clock.classList.toggle("short", left <= 30);
    });
  }

  function swap(old, fresh) {
    const active = document.activeElement;
    const id = old.contains(active) ? active.id : "";
    const open = Array.from(old.querySelectorAll("details[open]"), (d) => d.querySelector("summary").textContent);
    old.replaceWith(fresh);
    fresh.querySelectorAll("details").forEach(function (d) {
      if (open.includes(d.querySelector("summary").textContent)) d.open = true;
    });
    if (id && document.getElementById(id)) document.getElementById(id).focus();
  }

  function merge(page) {
    const main = document.getElementById("main");
    const parts = page.querySelectorAll("[data-live]");
    const names = Array.from(parts, (p) => p.dataset.live);
    main.querySelectorAll("[data-live]").forEach(function (old) {
      if (!names.includes(old.dataset.live)) old.remove();
    });
    let after = null;
    parts.forEach(function (fresh) {
      const name = fresh.dataset.live;
      const old = main.querySelector('[data-live="' + name + '"]');
      const copy = document.importNode(fresh, true);
      if (!old) {
        if (after) after.after(copy);
        else main.prepend(copy);
        after = copy;
        return;
      }
      const same = fresh.dataset.key !== undefined ? fresh.dataset.key === old.dataset.key
        : fresh.innerHTML === (old.source || old.innerHTML);
      if (same) {
        after = old;
      } else {
        copy.source = fresh.innerHTML;
        swap(old, copy);
        after = copy;
      }
    });
  }

  async function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      if (answer.redirected) {
        location.assign(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.body.className !== body.className) {
        location.reload();
        return;
      }
      merge(page);
      version = page.body.dataset.version || version;
      body.dataset.shown = version;
      gone.hidden = true;
      tick();
      addUp();
    } catch (lost) {
      gone.hidden = false;
    } finally {
      busy = false;
      if (again) {
        again = false;
        refresh();
      }
    }
  }

  function heard(now) {
    heardAt = Date.now();
    gone.hidden = true;
    if (now !== version) refresh();
  }

  function poll() {
    if (polling) return;
    polling = setInterval(async function () {
      try {
        const answer = await fetch(body.dataset.poll, { credentials: "same-origin", cache: "no-store" });
        if (answer.status === 401 || answer.status === 404) location.reload();
        else heard(String((await answer.json()).version));
      } catch (lost) {
        gone.hidden = false;
      }
    }, 2000);
  }

  function listen() {
    if (!window.EventSource) {
      poll();
      return;
    }
    const source = new EventSource(body.dataset.stream);
    source.onmessage = function (event) {
      if (polling) clearInterval(polling);
      polling = null;
      heard(event.data);
    };
    source.onerror = function () {
      gone.hidden = false;
      poll();
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    };
  }

  document.addEventListener("input", addUp);
  document.addEventListener("change", addUp);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && body.dataset.stream) refresh();  // a phone that slept heard nothing
  });
  document.addEventListener("submit", function (event) {
    const used = event.target;
    const over = Array.from(used.querySelectorAll(".pot")).filter((pot) => pot.tooMuch)[0];
    if (over) {  // said here, so that nothing that was filled in is lost; the server refuses it too
      event.preventDefault();
      over.querySelector(".too").hidden = false;
      over.focus();
      return;
    }
    if (used.sent) event.preventDefault();
    used.sent = true;
    setTimeout(function () { used.sent = false; }, 1500);
  });
  addUp();
  setInterval(tick, 500);
  setInterval(function () {
    // some networks hold a stream back: two signs of life missed, and the page asks by itself
    if (body.dataset.stream && Date.now() - heardAt > 35000) poll();
  }, 5000);
  tick();
  if (body.dataset.stream) listen();
})();
