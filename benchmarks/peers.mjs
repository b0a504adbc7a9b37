// One peer opens one address so many times, one after the other, and prints what each time took, in seconds.
// node peers.mjs PEER URL TIMES BROWSER: HOST in the URL becomes another name each time, so that nothing is cached. Runs in the folder that its packages are installed in, see peers_speed.py.
// Each keeps its browser between pages where its interface lets it: what is compared is the work on a page.

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const [peer, url, times, executablePath] = process.argv.slice(2);
const args = ['--no-sandbox', '--headless'];
const folder = mkdtempSync(join(tmpdir(), 'peers-'));

const peers = {
  async pa11y() {
    const {default: pa11y} = await import('pa11y');
    const {default: puppeteer} = await import('puppeteer');
    const browser = await puppeteer.launch({executablePath, args});
    return [async to => {
      const page = await browser.newPage();
      await pa11y(to, {browser, page, screenCapture: join(folder, 'page.png'), wait: 0});
      await page.close();
    }, () => browser.close()];
  },
  async lighthouse() {
    const {default: lighthouse} = await import('lighthouse');
    const {launch} = await import('chrome-launcher');
    const chrome = await launch({chromePath: executablePath, chromeFlags: args});
    return [async to => {
      const {lhr} = await lighthouse(to, {port: chrome.port, logLevel: 'error'});
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    }, () => chrome.kill()];
  },
  async 'blacklight-collector'() {
    const {default: {collect}} = await import('@themarkup/blacklight-collector');
    return [async to => {
      const found = await collect(to, {numPages: 0, outDir: join(folder, 'found'), puppeteerExecutablePath: executablePath});
      if (found.status !== 'success') throw new Error(JSON.stringify(found.page_response));
    }, () => 0];
  },
  async crawlee() {
    const {PlaywrightCrawler, Configuration, RequestQueue} = await import('crawlee');
    const settings = new Configuration({persistStorage: false, purgeOnStart: false, logLevel: 'OFF'});
    let failed = null;
    const crawler = new PlaywrightCrawler({
      launchContext: {launchOptions: {executablePath, args}},
      headless: true, maxConcurrency: 1, keepAlive: true, requestQueue: await RequestQueue.open(null, {config: settings}),
      failedRequestHandler: (_, error) => { failed = error; },
      async requestHandler({page}) {
        await page.content();
        await page.screenshot();
        waiting?.();
      },
    }, settings);
    let waiting = null;
    const running = crawler.run();
    return [async to => {
      const ended = new Promise(done => { waiting = done; });
      await crawler.addRequests([to]);
      await ended;
      if (failed) throw failed;
    }, async () => { crawler.stop(); await crawler.teardown(); }];
  },
};

const [open, end] = await peers[peer]();
const took = [];
for (let number = 0; number <= Number(times); number++) {
  const begun = performance.now();
  await open(url.replace('HOST', `${peer}${number}`));
  if (number) took.push((performance.now() - begun) / 1000);
}
console.log(JSON.stringify(took));
await end();
rmSync(folder, {recursive: true, force: true});
process.exit(0);
