(() => {
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const entries = [...document.querySelectorAll("#entries > tr")].map(row => ({ row, text: row.textContent.toLowerCase() }));
  const value = name => search.querySelector("#" + name).value;
  const filter = () => {
    const words = value("words").toLowerCase().split(/\s+/);
    let count = 0;
    for (const { row, text } of entries) {
      const fits = words.every(word => text.includes(word)) &&
        ["kind", "level", "ai"].every(name => value(name) === "*" || row.dataset[name] === value(name));
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = count;
  };
  search.addEventListener("input", filter);
  search.hidden = false;
  filter();
})();
