import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium } from 'playwright-core';
import { assets } from '../../console/assets/assets.ts';
import type { Scene } from './scenes.ts';
import { origin } from './stage.ts';

/** A scene as a screen of some width shows it. */
export interface Shot {
  readonly scene: string;
  readonly width: number;
  /** Where the picture is cut off; missing: the whole page. */
  readonly height?: number;
  readonly dark: boolean;
  readonly file: string;
}

const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);

/** Takes the pictures, whole pages, with a browser that is given nothing but the scenes and the console's own files. */
export const shoot = async (scenes: readonly Scene[], shots: readonly Shot[]): Promise<void> => {
  if (executablePath === undefined)
    throw new Error('no chromium here: install it (apt-get install chromium) or set CHROMIUM');
  const files = assets();
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    for (const { scene, width, height, dark, file } of shots) {
      const found = scenes.find(({ name }) => name === scene);
      if (found === undefined) throw new Error(`there is no scene ${scene}`);
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        // A page at rest: what is asked again answers the same.
        javaScriptEnabled: false,
      });
      await page.route('**/*', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (!pathname.startsWith('/assets/'))
          return route.fulfill({ contentType: 'text/html; charset=utf-8', body: found.html });
        const answer = await files.request(pathname);
        return route.fulfill({
          contentType: answer.headers.get('content-type') ?? '',
          body: await answer.text(),
        });
      });
      await page.goto(`${origin}${found.path}`);
      mkdirSync(dirname(file), { recursive: true });
      await page.screenshot({
        path: file,
        fullPage: true,
        ...(height === undefined ? {} : { clip: { x: 0, y: 0, width, height } }),
      });
      await page.close();
    }
  } finally {
    await browser.close();
  }
};
