import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from './chromium.ts';
import { inspect } from './inspect.ts';
import { startLocalProcess, type LocalProcess } from './local-server.ts';
import { signIn, startCampaign } from './sign-in.ts';

const here = chromiumPath === undefined ? describe.skip : describe;
const patience = 60_000;

here('the ways back, in a browser, over npm run local', () => {
  let server: LocalProcess;
  let browser: Browser;
  let alice: Page;
  let bob: Page;

  /** As alice; gives its page's address. */
  const start = (): Promise<string> => startCampaign(alice, server, 'patch day');
  /** Nobody loads alice's page again: it shows by itself that the canary waits for an answer. */
  const untilAsked = async (url: string): Promise<void> => {
    await alice.goto(url);
    await alice.waitForSelector('#rings a[href*="/approval/"]', { timeout: patience });
  };
  /** As bob. */
  const answer = async (url: string, decision: 'Approve' | 'Reject', reason: string): Promise<void> => {
    await bob.goto(`${url}/approval/canary`);
    await bob.fill('textarea', reason);
    await bob.click(`button:has-text("${decision}")`);
    await bob.waitForSelector('.said.good');
  };
  const act = async (page: Page, url: string, what: 'Abort' | 'Roll back', reason: string): Promise<void> => {
    await page.goto(url);
    await page.fill('textarea#control-reason', reason);
    await page.click(`button:has-text("${what}")`);
    await page.waitForSelector('.said.good');
  };
  const untilEnded = async (page: Page, url: string, outcome: string): Promise<void> => {
    await page.goto(url);
    await page.waitForSelector(`#summary .badge:text-is("${outcome}")`, { timeout: patience });
  };
  /** Stacks of the whole fleet that have left the image they had before. */
  const moved = async (): Promise<string> => {
    await bob.goto(`${server.url}/drift`);
    return (await bob.textContent('main')) ?? '';
  };

  beforeAll(async () => {
    [server, browser] = await Promise.all([startLocalProcess(['--stacks', '6', '--speed', '600']), launchChromium()]);
    [alice, bob] = await Promise.all([signIn(browser, server, 'alice'), signIn(browser, server, 'bob')]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);

  it('shows the canary restored that somebody has rejected', async () => {
    const url = await start();
    await untilAsked(url);
    await answer(url, 'Reject', 'error rate of the canary is up');
    await alice.waitForSelector('#summary .badge:text-is("RESTORED")', { timeout: patience });
    await untilEnded(bob, url, 'RESTORED');
    expect(await bob.textContent('#summary')).toContain('error rate of the canary is up');
    expect(await bob.locator('#stacks :text-is("restored")').count()).toBeGreaterThan(0);
    expect(await bob.locator('#stacks :text-is("done")').count()).toBe(0);
  }, 300_000);

  it('shows everything restored after an abort', async () => {
    const url = await start();
    await untilAsked(url);
    await act(alice, url, 'Abort', 'not today');
    await untilEnded(alice, url, 'RESTORED');
    expect(await alice.textContent('#timeline')).toContain('not today');
    expect(await alice.locator('#stacks :text-is("restored")').count()).toBeGreaterThan(0);
  }, 300_000);

  it('shows a stack that breaks, its root cause, and every touched stack put back', async () => {
    const before = await moved();
    const url = await start();
    await untilAsked(url);
    // A stack of the ring that is still to come.
    const stack = (await alice.textContent('#stacks tr:has(:text-is("pending")) td')) ?? '';
    await alice.fill('#break-stack', stack.trim());
    await alice.click('button:has-text("Let its update fail")');
    await alice.waitForSelector(`.said.good:has-text("${stack.trim()}")`);
    await answer(url, 'Approve', 'canary is fine');
    // Nobody loads the page again, not even behind the form that was sent.
    await alice.waitForSelector('#summary .badge:text-is("RESTORED")', { timeout: patience });
    expect(await alice.textContent('#causes')).toContain(stack.trim());
    expect(await alice.textContent('#machine .failed')).toContain('turned back here');
    expect(await alice.locator('#stacks :text-is("restored")').count()).toBeGreaterThan(1);
    expect(await alice.locator('#stacks :text-is("done")').count()).toBe(0);
    await inspect(browser, alice, url);
    expect(await moved()).toBe(before);
  }, 300_000);

  it('rolls a promoted campaign back from its page', async () => {
    const before = await moved();
    const url = await start();
    await untilAsked(url);
    await answer(url, 'Approve', 'canary is fine');
    await untilEnded(bob, url, 'PROMOTED');
    expect(await moved()).not.toBe(before);
    await act(bob, url, 'Roll back', 'memory leak on the new kernel');
    await untilEnded(bob, url, 'RESTORED');
    expect(await bob.textContent('#timeline')).toContain('memory leak on the new kernel');
    expect(await bob.locator('#stacks :text-is("done")').count()).toBe(0);
    expect(await moved()).toBe(before);
  }, 300_000);
});
