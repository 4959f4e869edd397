import type { Browser, Page } from 'playwright-core';
import type { LocalProcess } from './local-server.ts';

/** A page of a browser session of its own, in which this local user has signed in. */
export const signIn = async (browser: Browser, { url }: LocalProcess, name: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/`);
  await page.fill('[name=login]', name);
  await page.fill('[name=password]', 'any');
  await page.click('[type=submit]');
  await page.waitForSelector(`text=Signed in as ${name}`);
  return page;
};

/** Starts a campaign to the new image by the form; gives the address of its page, on which the browser is then. */
export const startCampaign = async (page: Page, { url, image }: LocalProcess, reason: string): Promise<string> => {
  await page.goto(`${url}/start?imageId=${image}&region=eu-west-1`);
  await page.fill('textarea[name=reason]', reason);
  await page.click('button:has-text("Start")');
  await page.waitForURL(/\/campaigns\//);
  return page.url();
};
