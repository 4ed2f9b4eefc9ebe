/** What the sandbox's own actors are known by, in the place of an OAuth client. */
export const personClient = 'sandbox-pages';
export const calendarClient = 'sandbox-calendar';
