import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const narrow = 360;

/**
 * Looks at a page as it is for somebody who is signed in: nothing of axe's rules is broken, and nothing is wider than the
 * narrowest screen, in light and dark.
 */
export const inspect = async (browser: Browser, page: Page, url: string): Promise<void> => {
  const found: string[] = [];
  // axe is run in the page, which lets no script but its own in: this one page of a context of its own may.
  const context = await browser.newContext({ bypassCSP: true, storageState: await page.context().storageState() });
  try {
    const own = await context.newPage();
    for (const colorScheme of ['light', 'dark'] as const) {
      await own.emulateMedia({ colorScheme });
      await own.setViewportSize({ width: narrow, height: 780 });
      await own.goto(url);
      // What is closed is looked at, too.
      await own.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
      await own.evaluate(axe.source);
      const violations = await own.evaluate(
        'axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))',
      );
      for (const { id, nodes } of violations as Violation[])
        found.push(`${url} (${colorScheme}): ${id}: ${nodes[0]?.html ?? ''}`);
      const width = await own.evaluate<number>('document.documentElement.scrollWidth');
      if (width > narrow) found.push(`${url}: ${width} px wide`);
    }
  } finally {
    await context.close();
  }
  expect(found).toEqual([]);
};
