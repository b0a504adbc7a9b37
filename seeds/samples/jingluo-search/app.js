// Builds the footer, as single-page applications do: the HTML as received holds no number.
function line(...parts) {
  const row = document.createElement("div");
  row.append(...parts);
  return row;
}

function link(text, href) {
  const a = document.createElement("a");
  a.href = href;
  a.target = "_blank";
  a.textContent = text;
  return a;
}

async function footer() {
  const site = await (await fetch("/site.json")).json();
  await new Promise((done) => setTimeout(done, 400));
  const box = document.querySelector("#footer");
  const badge = new Image(16, 16);
  badge.src = "/badge.svg";
  box.append(
    line(`${site.algorithm.label}：`, link(site.algorithm.number, site.algorithm.href)),
    line(`模型名称：${site.model.name} 备案号：${site.model.number}`),
    line(link(site.icp.number, site.icp.href), " ", badge, link(site.police.number, site.police.href)),
  );
}

footer();
