// What is installed, judged from npm's own records: package-lock.json and its shadow in node_modules.

/** Whether `os` or `cpu`, a name or a list, admits one: they name what is supported, or what is not (`!win32`). */
const admits = (given, name) => {
  const names = [given ?? name].flat();
  return names.includes(name) || (names.every((other) => other.startsWith('!')) && !names.includes(`!${name}`));
};

/**
 * Whether a package has to be there on this machine. Of the optional ones these are the builds for its system and
 * processor; where there is one build for each C library, npm knows which, and neither is insisted on.
 */
const isNeeded = ({ link, optional, os, cpu, libc }, { platform, arch }) => {
  if (link === true) return false;
  if (optional !== true) return true;
  return (os !== undefined || cpu !== undefined) && libc === undefined && admits(os, platform) && admits(cpu, arch);
};

/**
 * Folders of packages that the lock names and node_modules lacks or has in another version. npm writes its record there
 * (`node_modules/.package-lock.json`) when an installation has ended well, so a broken one counts as none.
 */
export const notInstalled = (lock, record, machine = process) =>
  Object.entries(lock.packages)
    .filter(([folder, wanted]) => folder !== '' && isNeeded(wanted, machine))
    .filter(([folder, wanted]) => record.packages[folder]?.version !== wanted.version)
    .map(([folder]) => folder);

/** Names of dependencies whose wanted version differs between package.json and the lock that was made from it. */
export const disagreements = (manifest, lock) =>
  ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => {
    const wanted = manifest[kind] ?? {};
    const locked = lock.packages['']?.[kind] ?? {};
    const names = new Set([...Object.keys(wanted), ...Object.keys(locked)]);
    return [...names].filter((name) => wanted[name] !== locked[name]);
  });
