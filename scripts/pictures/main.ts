import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documented, folder, lookOf } from './documented.ts';
import { scenes } from './scenes.ts';
import { shoot } from './shoot.ts';

// `npm run pictures`: takes the documentation's pictures anew. With a folder, pictures of every scene go there instead, narrow
// and wide, light and dark, to look at.
const [elsewhere] = process.argv.slice(2);
if (elsewhere === undefined) {
  const found = await scenes('documented');
  await shoot(
    found,
    documented.map((shot) => ({ ...shot, file: join(folder, shot.file) })),
  );
  writeFileSync(join(folder, 'looks.json'), `${JSON.stringify(lookOf(found), null, 2)}\n`);
} else {
  const found = await scenes('all');
  const shots = found.flatMap(({ name }) =>
    [360, 1440].flatMap((width) =>
      [false, true].map((dark) => ({
        scene: name,
        width,
        dark,
        file: join(elsewhere, `${name}-${width}-${dark ? 'dark' : 'light'}.png`),
      })),
    ),
  );
  await shoot(found, shots);
}
