/** The part of `package-lock.json` that matters here. */
export type LockFile = {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
};

/** A lock file that lacks a platform's package installs here and fails there with "Missing: … from lock file". */
export function findMissingOptional(lock: LockFile): string[] {
  const present = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)));
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !present.has(name))
      .map((name) => `${path} wants ${name}, which has no entry`),
  );
}

/** An address would bind everybody to the registry of who wrote the file last. */
export function findAddresses(lock: LockFile): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => (entry.resolved ? [`${path} names an address`] : []));
}
