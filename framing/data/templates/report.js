"use strict";
(() => {
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  document.documentElement.classList.add("scripted");

  // One part of the page at a time; every part stands below the other where no script runs.
  const parts = all("main > section");
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const part = target && target.closest("main > section") || parts[0];
    if (!part) return;
    parts.forEach((each) => each.classList.toggle("open", each === part));
    document.documentElement.classList.add("paged");
    all("nav.top a").forEach((link) => {
      if (link.getAttribute("href") === "#" + part.id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    if (!target) return;
    for (let each = target.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
    target.scrollIntoView();
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };
  if (parts.length > 1) { addEventListener("hashchange", show); show(); }
  addEventListener("beforeprint", () => all("details").forEach((each) => { each.open = true; }));

  // Tables that sort and filter, and the rows that are left as CSV.
  const save = (rows, name) => {
    const cell = (words) => {
      const plain = /^[=+\-@\t\r\n]/.test(words) && Number.isNaN(Number(words)) ? "'" + words : words;
      return /[",\n\r]/.test(plain) ? '"' + plain.replaceAll('"', '""') + '"' : plain;
    };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\n"), "\n"],
      { type: "text/csv" }));
    link.download = name + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const number = (text) => {
    const clean = text.replace("−", "-").replace(/^[<p=\s]+/, "").replace(/[%,\s]/g, "");
    return clean && !Number.isNaN(Number(clean)) ? Number(clean) : null;
  };
  all("table.sortable").forEach((table) => {
    const body = table.tBodies[0], heads = all("thead th", table), first = [...body.rows];
    const tools = document.createElement("div");
    tools.className = "tools";
    tools.innerHTML = '<label>Filter <input type="search"></label><button type="button" class="act">Download these rows (CSV)</button><span role="status"></span>';
    table.closest(".scroll").before(tools);
    const [box, button, status] = [tools.querySelector("input"), tools.querySelector("button"), tools.querySelector("span")];
    const filter = () => {
      const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      first.forEach((row) => { const text = words(row).toLowerCase(); row.hidden = !wanted.every((word) => text.includes(word)); });
      status.textContent = first.filter((row) => !row.hidden).length + " of " + first.length + " rows";
    };
    box.addEventListener("input", filter);
    button.addEventListener("click", () => save([heads.map(words),
      ...[...body.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map(words))], table.dataset.name || "rows"));
    heads.forEach((head, place) => {
      const press = document.createElement("button");
      press.type = "button";
      press.append(...head.childNodes);
      head.append(press);
      press.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = new Map(first.map((row) => [row, words(row.cells[place])]));
        body.append(...[...first].sort((a, b) => {
          const [x, y] = [key.get(a), key.get(b)], [m, n] = [number(x), number(y)];
          if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
          const order = m !== null && n !== null ? m - n : x.localeCompare(y, "en");
          return up ? order : -order;
        }));
      });
    });
  });

  // Words in context, over all articles.
  const data = document.getElementById("texts");
  const form = document.getElementById("kwic");
  if (data && form) {
    const articles = JSON.parse(data.textContent), wide = 60, most = 500;
    const voice = (article, at) => (article.voices.find(([start, end]) => start <= at && at < end) || [0, 0, "outlet"])[2];
    const sentence = (article, at) => { let found = 0; for (const start of article.starts) { if (start > at) break; found = start; } return found; };
    const search = () => {
      const [query, outlet, kind, sort] = ["query", "outlet", "voice", "sort"].map((name) => form.elements[name].value);
      const body = document.querySelector("#lines tbody"), status = document.getElementById("hits");
      body.replaceChildren();
      if (!query.trim()) { status.textContent = "Type a word or phrase; * stands for any letters."; return; }
      const escaped = query.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[\\p{L}\\p{N}'’-]*").replace(/\s+/g, "\\s+");
      const pattern = new RegExp("(?<![\\p{L}\\p{N}])" + escaped + "(?![\\p{L}\\p{N}])", "giu");
      const lines = [];
      for (const article of articles) {
        if (outlet && article.outlet !== outlet) continue;
        for (const hit of article.text.matchAll(pattern)) {
          const at = hit.index, end = at + hit[0].length;
          if (article.out.some(([start, close]) => start <= at && at < close)) continue;
          const who = voice(article, at);
          if (kind && who !== kind) continue;
          lines.push({ article, outlet: article.outlet, event: article.event, who, hit: hit[0],
            left: article.text.slice(Math.max(0, at - wide), at).replace(at > wide ? /^\S*\s+/ : "", "").replace(/\s+/g, " "),
            right: article.text.slice(end, end + wide).replace(end + wide < article.text.length ? /(?<=.)\s+\S*$/ : "", "").replace(/\s+/g, " "),
            href: article.href + "-" + sentence(article, at) });
        }
      }
      const key = { right: (line) => line.right.trim().toLowerCase(), outlet: (line) => line.outlet,
        left: (line) => line.left.trim().toLowerCase().split(/\s+/).reverse().join(" "), voice: (line) => line.who }[sort];
      lines.sort((a, b) => key(a).localeCompare(key(b), "en"));
      for (const line of lines.slice(0, most)) {
        const row = body.insertRow();
        [line.outlet, line.event, line.left, line.hit, line.right, line.who].forEach((text, place) => {
          const cell = row.insertCell();
          if (place !== 3) { cell.textContent = text; return; }
          const link = document.createElement("a");
          link.href = line.href;
          link.textContent = text;
          cell.append(link);
        });
      }
      status.textContent = lines.length + " lines in " + new Set(lines.map((line) => line.article)).size + " articles"
        + (lines.length > most ? "; the first " + most + " are shown" : "");
      found = lines;
    };
    let found = [];
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    form.addEventListener("change", search);
    document.getElementById("keep").addEventListener("click", () => save([["outlet", "event", "left", "hit", "right", "voice"],
      ...found.map((line) => [line.outlet, line.event, line.left, line.hit, line.right, line.who])], "concordance"));
  }

  // Two articles of one event side by side.
  all("select.beside").forEach((select) => select.addEventListener("change", () => {
    const pair = select.closest(".reading").querySelector(".pair");
    all(".text.copy", pair).forEach((each) => each.remove());
    const other = select.value && document.getElementById(select.value);
    pair.classList.toggle("two", Boolean(other));
    if (!other) return;
    const copy = other.querySelector(".text").cloneNode(true);
    copy.classList.add("copy");
    all("[id]", copy).forEach((each) => each.removeAttribute("id"));
    pair.append(copy);
  }));
})();
