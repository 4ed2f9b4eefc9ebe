/** The ways out that are not Zoho: what the composition root gives for telling administrators. */
export type Outgoing = {
  /**
   * Posts a body to an address that an administrator named: https only (http to this machine itself), no redirect is followed,
   * no address of a private network unless the environment allows its host. Throws `invalid_input` for an address that is not
   * allowed, `crm_unavailable` when nobody answers in time.
   */
  postWebhook(request: { url: string; body: string; headers: Record<string, string> }): Promise<{ status: number }>;
  /** Null: no SMTP server is configured. Throws what the server said. */
  sendMail: ((mail: { to: string; subject: string; text: string }) => Promise<void>) | null;
};
