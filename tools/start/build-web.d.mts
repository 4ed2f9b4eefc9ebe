/** Builds the pages into `web/dist` if they are missing or their sources have changed; throws if they cannot be built. */
export function buildWeb(root: string): Promise<void>;
