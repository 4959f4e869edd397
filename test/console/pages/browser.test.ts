import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from './chromium.ts';
import { inspect as inspectAt } from './inspect.ts';
import { startLocalProcess, type LocalProcess } from './local-server.ts';
import { signIn, startCampaign } from './sign-in.ts';

const here = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined)
  console.warn('The pages are not driven: no chromium here. Install it (apt-get install chromium) or set CHROMIUM.');

/** Presses the tabulator until that element has the focus, by its id or its text. */
const tabTo = async (page: Page, stop: string): Promise<void> => {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    const { id, text } = await page.evaluate<{ readonly id: string; readonly text: string }>(
      '({ id: document.activeElement.id, text: document.activeElement.textContent.trim() })',
    );
    if (id === stop || text === stop) return;
  }
  throw new Error(`the keyboard does not reach ${stop}`);
};

here('the pages, in a browser, over npm run local', () => {
  let server: LocalProcess;
  let browser: Browser;
  let alice: Page;
  let bob: Page;

  const start = (page: Page): Promise<string> => startCampaign(page, server, 'patch day <img src=x onerror=alert(1)>');
  const inspect = (page: Page, path: string): Promise<void> => inspectAt(browser, page, `${server.url}${path}`);

  beforeAll(async () => {
    [server, browser] = await Promise.all([startLocalProcess(['--stacks', '12', '--speed', '300']), launchChromium()]);
    [alice, bob] = await Promise.all([signIn(browser, server, 'alice'), signIn(browser, server, 'bob')]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);

  it('keeps its session where no script reads it', async () => {
    const cookies = await alice.context().cookies(server.url);
    const session = cookies.find(({ name }) => name === 'ami-rollout-session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(session?.value).not.toContain('alice');
    expect(await alice.evaluate('document.cookie')).not.toContain('session');
  });

  it('leads a campaign from start to promotion, with an approval by somebody else', async () => {
    const url = await start(alice);
    const path = new URL(url).pathname;
    // Nobody loads the page again: it shows what happens by itself.
    await alice.waitForSelector('#rings h3', { timeout: 150_000 });
    expect(await alice.locator('#machine [aria-current=step]').count()).toBe(1);
    expect(await alice.locator('img').count()).toBe(0);

    await alice.fill('textarea#control-reason', 'looks odd');
    await alice.click('button:has-text("Halt")');
    await alice.waitForSelector('.said.good');
    expect(await alice.textContent('#summary')).toContain('halted');
    await alice.fill('textarea#control-reason', 'all clear');
    await alice.click('button:has-text("Resume")');
    await alice.waitForSelector('.said.good');
    expect(await alice.textContent('#summary')).not.toContain('halted');
    // The answer to the form is the campaign's page, and goes on being it.
    expect(alice.url()).toBe(url);

    await alice.goto(url);
    await alice.waitForSelector('#rings a[href*="/approval/"]', { timeout: 150_000 });
    const approval = `${path}/approval/canary`;
    await inspect(bob, path);
    await inspect(bob, approval);

    // The starter is told why there is no form, and forcing one changes nothing.
    await alice.goto(`${server.url}${approval}`);
    expect(await alice.textContent('main')).toContain('You have started this campaign');
    const csrf = await alice.getAttribute('.who input[name=csrf]', 'value');
    const own = await alice.request.post(`${server.url}${approval}`, {
      form: { csrf: csrf ?? '', decision: 'approve', reason: 'my own' },
    });
    expect(own.status()).toBe(409);
    await bob.goto(`${server.url}${approval}`);
    expect(await bob.textContent('main')).toContain('0');
    // Without a reason the browser does not even send it.
    await bob.click('button:has-text("Approve")');
    expect(await bob.locator('.said').count()).toBe(0);
    // By the keyboard alone: to the reason, and on to the button.
    await bob.goto(`${server.url}${approval}`);
    await tabTo(bob, 'decide-reason');
    await bob.keyboard.type('canaries are fine');
    await tabTo(bob, 'Approve');
    await bob.keyboard.press('Enter');
    await bob.waitForSelector('.said.good');
    await bob.goto(url);
    await bob.waitForSelector('#summary .badge:text-is("PROMOTED")', { timeout: 240_000 });
    await inspect(bob, path);
    await bob.click('#summary a:has-text("Page")');
    expect(await bob.textContent('h1')).toBe('PROMOTED');
    expect(await bob.evaluate<string>('getComputedStyle(document.querySelector("h1")).color')).toBe('rgb(20, 101, 47)');
    await inspect(bob, `${path}/report`);
    await inspect(bob, `${path}/timeline`);
    await inspect(bob, `${path}/approval/unknown`);
    await bob.goto(`${server.url}/families/al2023-base`);
    expect(await bob.textContent('main')).toContain(server.image);
  }, 600_000);

  it.each(['/', '/start', '/drift', '/families/al2023-base', '/states', '/campaigns/unknown', '/auth/signed-out'])(
    'breaks no rule of axe at 360 px: %s',
    (path) => inspect(bob, path),
  );

  it('starts by the keyboard alone', async () => {
    await bob.goto(`${server.url}/start`);
    for (const stop of ['Skip to the content', 'start-image', 'start-reason', 'Start']) await tabTo(bob, stop);
  });

  it('does nothing for those who only have the link, whatever they open, run or send', async () => {
    const list = async (): Promise<unknown> => {
      await bob.goto(`${server.url}/`);
      return bob.textContent('#campaigns');
    };
    const before = await list();
    const path = (await bob.getAttribute('#campaigns a[href^="/campaigns/"]', 'href')) ?? '';
    const links = [
      '/',
      '/start',
      '/drift',
      path,
      `${path}/approval/canary`,
      `${path}/control`,
      '/families/al2023-base',
    ];
    for (let session = 0; session < 20; session += 1) {
      const scanner = await (await browser.newContext()).newPage();
      for (const link of links.filter((_, index) => (index + session) % 3 === 0)) {
        await scanner.goto(`${server.url}${link}`);
        // It has come to the identity provider and sends whatever form is there.
        expect(new URL(scanner.url()).origin).not.toBe(server.url);
        const form = {
          decision: 'approve',
          reason: 'scanned',
          ring: 'canary',
          csrf: 'x',
          imageId: server.image,
          key: 'scanner-key',
        };
        const sent = await scanner.request.post(`${server.url}${link}`, { form, maxRedirects: 0 });
        expect([401, 404, 405]).toContain(sent.status());
      }
      await scanner.context().close();
    }
    expect(await list()).toBe(before);
  }, 300_000);

  it('signs out, and asks who it is the next time', async () => {
    const page = await signIn(browser, server, 'alice');
    await page.click('button:has-text("Sign out")');
    await page.waitForURL(/signed-out/);
    await page.click('text=Sign in as somebody else');
    await page.waitForSelector('[name=login]');
    expect((await page.request.get(`${server.url}/`, { maxRedirects: 0 })).status()).toBe(302);
  });
});
