import { writeFileSync } from 'node:fs';
import { generatedPages, pageText } from './pages.ts';

// `npm run docs`: writes the pages that are made from the code.
for (const page of generatedPages) {
  writeFileSync(new URL(`../../${page.path}`, import.meta.url), await pageText(page));
  console.log(page.path);
}
