"use strict";
(() => {
  const values = JSON.parse(document.getElementById("values").textContent);
  const minus = "\u2212";
  const places = (...all) => {
    const largest = Math.max(...all.map(Math.abs));
    return largest >= 100 ? 0 : largest >= 1 ? 1 : largest >= 0.1 || largest === 0 ? 2 : 3;
  };
  const number = (value, digits, signed) => {
    const text = Math.abs(value).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return /[1-9]/.test(text) ? (value < 0 ? minus : signed ? "+" : "") + text : text;
  };

  // what is under the pointer
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  for (const hot of document.querySelectorAll(".hot")) {
    const title = hot.querySelector("title");
    hot.dataset.tip = title.textContent;
    title.remove();
  }
  const point = (event) => {
    const hot = event.target.closest && event.target.closest(".hot");
    for (const old of document.querySelectorAll(".hot.on")) old.classList.remove("on");
    tip.hidden = !hot;
    if (!hot) return;
    hot.classList.add("on");
    tip.textContent = hot.dataset.tip;
    const box = hot.getBoundingClientRect();
    const left = Math.min(box.right + 8, window.innerWidth - tip.offsetWidth - 8);
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (above > 0 ? above : box.bottom + 6) + "px";
  };
  document.addEventListener("pointerover", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("scroll", () => { tip.hidden = true; }, true);

  // language
  for (const radio of document.querySelectorAll("input.lang")) {
    const choose = () => { if (radio.checked) document.documentElement.lang = radio.value; };
    radio.addEventListener("change", choose);
    choose();
  }

  // any indicator, any arms
  const chosen = { at: 0, gone: new Set() };
  const shape = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
    return made;
  };
  const cell = (name, text, look) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (look) made.className = look;
    return made;
  };
  const colour = (better, low, high, difference) => {
    if (low <= 0 && high >= 0) return "#595959";
    const good = better * difference;
    return good > 0 ? "#0072B2" : good < 0 ? "#B04A00" : "#1A1A1A";
  };
  const row = (arm, found, lang, low, high) => {
    const line = document.createElement("tr");
    line.append(Object.assign(cell("th", values.arms[arm][lang]), { scope: "row" }));
    const [base, level, difference, from, to] = found.rows[arm];
    const digits = places(difference, from, to);
    const [unit, apart] = found.unit[lang];
    line.append(cell("td", number(level, places(level, base)) + (unit === "%" ? "" : " ") + unit, "level"));
    const drawing = shape("svg", { viewBox: "0 0 200 24", preserveAspectRatio: "none", "aria-hidden": "true" });
    const at = (value) => 6 + 188 * (value - low) / (high - low);
    const ink = colour(found.better, from, to, difference);
    const clear = !(from <= 0 && to >= 0);
    drawing.append(
      shape("line", { x1: at(0), x2: at(0), y1: -4, y2: 28, stroke: "#1a1a1a", "vector-effect": "non-scaling-stroke" }),
      shape("line", { x1: at(from), x2: at(to), y1: 12, y2: 12, stroke: ink, "stroke-width": 2,
        "vector-effect": "non-scaling-stroke" }),
      shape("rect", { x: at(difference) - 1.5, y: 6, width: 3, height: 12, fill: clear ? ink : "#fff", stroke: ink,
        "vector-effect": "non-scaling-stroke" }),
    );
    const picture = cell("td", "", "dot");
    picture.append(drawing);
    const range = values.range[lang].replace("%1", number(from, digits)).replace("%2", number(to, digits));
    line.append(picture, cell("td", number(difference, digits, true) + " " + apart + "\n" + range, "amount"));
    return line;
  };
  const draw = () => {
    const found = values.indicators[chosen.at];
    const arms = Object.keys(values.arms).filter((arm) => found.rows[arm] && !chosen.gone.has(arm));
    const ends = arms.flatMap((arm) => found.rows[arm].slice(2)).concat(0);
    const low = Math.min(...ends), high = Math.max(...ends, low + 1e-9);
    for (const box of document.querySelectorAll(".explorer")) {
      const lang = box.dataset.lang;
      box.querySelector("select").value = String(chosen.at);
      box.querySelector("caption").textContent = found.label[lang];
      box.querySelector("tbody").replaceChildren(...arms.map((arm) => row(arm, found, lang, low, high)));
    }
    const all = Object.keys(values.arms).length;
    for (const box of document.querySelectorAll("details.arms")) {
      box.querySelector(".count").textContent = " " + (all - chosen.gone.size) + " / " + all;
      for (const tick of box.querySelectorAll("input")) tick.checked = !chosen.gone.has(tick.value);
    }
    for (const line of owned) line.classList.toggle("gone", chosen.gone.has(line.dataset.arm));
  };
  // an arm that is pointed at stands out; the baseline, which has no tick, stays
  const owned = document.querySelectorAll("[data-arm]");
  const bringOut = (arm) => {
    for (const line of owned) {
      line.classList.toggle("dim", arm !== null && line.dataset.arm !== arm && line.dataset.arm in values.arms);
    }
  };
  for (const box of document.querySelectorAll(".explorer")) {
    const lang = box.dataset.lang, select = box.querySelector("select");
    values.indicators.forEach((found, at) => select.append(new Option(found.label[lang], String(at))));
    select.addEventListener("change", () => { chosen.at = Number(select.value); draw(); });
    box.hidden = false;
  }
  for (const box of document.querySelectorAll("details.arms")) {
    const lang = box.dataset.lang;
    for (const arm of Object.keys(values.arms)) {
      const tick = Object.assign(document.createElement("input"), { type: "checkbox", value: arm, checked: true });
      tick.addEventListener("change", () => {
        if (tick.checked) chosen.gone.delete(arm); else chosen.gone.add(arm);
        draw();
      });
      const label = document.createElement("label");
      label.append(tick, " " + values.arms[arm][lang]);
      for (const name of ["pointerenter", "focusin"]) label.addEventListener(name, () => bringOut(arm));
      for (const name of ["pointerleave", "focusout"]) label.addEventListener(name, () => bringOut(null));
      box.querySelector("fieldset").append(label);
    }
    box.hidden = false;
  }
  draw();
})();
