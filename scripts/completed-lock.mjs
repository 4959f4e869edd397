const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const libraries = [
  [/^gnu/, 'glibc'],
  [/^musl/, 'musl'],
];

/** The platforms that a build's name stands for: `@oxc-parser/binding-linux-arm64-musl`. */
const platformsOf = (name) => {
  const words = name.split('/').at(-1).split('-');
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  const libc = libraries.filter(([pattern]) => words.some((word) => pattern.test(word))).map(([, library]) => library);
  if (os.length + cpu.length === 0) throw new Error(`${name} is missing in the lock and names no platform`);
  const unlessEmpty = (names) => (names.length > 0 ? names : undefined);
  return { cpu: unlessEmpty(cpu), libc: os.includes('linux') ? unlessEmpty(libc) : undefined, os: unlessEmpty(os) };
};

/** Whether a package in `folder` would find `name`, there or further up. */
const finds = (packages, folder, name) => {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
};

/** Optional dependencies that the lock names nowhere, as [name, version, the entry of the package that wants it]. */
const leftOut = (packages) =>
  Object.entries(packages).flatMap(([folder, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !finds(packages, folder, name))
      .map(([name, version]) => [name, version, entry]),
  );

/** The lock with an entry for every optional dependency, and the names of those that had none. */
export const completed = (lock) => {
  const missing = leftOut(lock.packages);
  const entries = missing.map(([name, version, { dev }]) => {
    const { cpu, libc, os } = platformsOf(name);
    // In npm's own order, so that npm leaves them as they are.
    const entry = Object.entries({ version, cpu, dev, libc, optional: true, os });
    return [`node_modules/${name}`, Object.fromEntries(entry.filter(([, value]) => value !== undefined))];
  });
  const packages = [...Object.entries(lock.packages), ...entries].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(packages) }, added: missing.map(([name]) => name) };
};
