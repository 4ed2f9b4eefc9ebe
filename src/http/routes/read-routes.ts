import type { RouteDeps, Server } from '../route-deps.ts';
import { addAnalyticsRoutes } from './analytics-routes.ts';
import { addMeetingListRoutes } from './meeting-list-routes.ts';
import { addNeedsYouRoutes } from './needs-you-routes.ts';
import { addRecordsRoutes } from './records-routes.ts';
import { addSearchRoutes } from './search-routes.ts';
import { addStatusRoutes } from './status-routes.ts';

/** Lists, records, figures: everything that only reads. */
export function addReadRoutes(server: Server, deps: RouteDeps): void {
  addMeetingListRoutes(server, deps);
  addNeedsYouRoutes(server, deps);
  addRecordsRoutes(server, deps);
  addSearchRoutes(server, deps);
  addAnalyticsRoutes(server, deps);
  addStatusRoutes(server, deps);
}
