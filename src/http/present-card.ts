import type { z } from 'zod';
import type { IntegrationCard } from '../features/connect/read-card.ts';
import type { zohoCard } from './schemas/workspace-answers.ts';

/** A connection of the other side, sandbox or Zoho, is none while this side is in use. */
function stateOf(connection: IntegrationCard['connection'], provider: 'sandbox' | 'zoho') {
  if (connection === null) return 'not_connected';
  return connection.provider === provider ? connection.state : 'disconnected';
}

/** The Zoho card of Settings > Integrations. */
export function presentCard(card: IntegrationCard, provider: 'sandbox' | 'zoho'): z.input<typeof zohoCard> {
  const { connection, roles, mirror, mirrorHealth, waiting, credits } = card;
  const capabilities = connection?.capabilities ?? null;
  const field = (key: 'activityType' | 'aiScore' | 'recording', label: string, apiName: string | null | undefined) => ({
    key,
    label,
    apiName: apiName ?? null,
  });
  return {
    state: stateOf(connection, provider),
    provider,
    connectedBy: connection?.connectedBy ?? null,
    connectedAt: connection?.connectedAt.toISOString() ?? null,
    zohoUser: connection === null ? null : (connection.zohoUserEmail ?? connection.zohoUserName),
    orgName: connection?.zohoOrgName ?? null,
    orgId: connection?.zohoOrgId ?? null,
    dataCentre: connection?.dataCentre ?? null,
    edition: connection?.edition ?? null,
    environment: connection?.environment ?? null,
    scopes: [...card.scopes],
    safeMode: connection?.isSafeMode === true && connection.mailModes === null,
    externalField:
      capabilities === null ? null : { apiName: capabilities.externalField ?? '', mode: capabilities.mode },
    optionalFields: [
      field('activityType', 'Activity Type', capabilities?.activityTypeField),
      field('aiScore', 'AI Score', capabilities?.aiScoreField),
      field('recording', 'Recording', capabilities?.recordingField),
    ],
    firstLoad:
      connection?.firstLoad == null
        ? null
        : {
            state: connection.firstLoad.state,
            steps: connection.firstLoad.steps.map(({ module, loaded, total, startedAt, finishedAt, problem }) => ({
              module,
              loaded,
              total,
              startedAt: startedAt ?? null,
              finishedAt: finishedAt ?? null,
              problem: problem ?? null,
            })),
            startedAt: connection.firstLoad.startedAt,
            finishedAt: connection.firstLoad.finishedAt,
            error: connection.firstLoad.error,
          },
    rights:
      card.rights === null ? null : { ...card.rights, checkedAt: connection?.rightsCheckedAt?.toISOString() ?? null },
    probe: {
      probedAt: connection?.probedAt?.toISOString() ?? null,
      aliveAt: connection?.aliveAt?.toISOString() ?? null,
      nextProbeAt: connection?.nextProbeAt?.toISOString() ?? null,
      brokenAt: connection?.brokenAt?.toISOString() ?? null,
    },
    mirrorHealth: mirrorHealth === null ? null : presentHealth(mirrorHealth),
    alerts: card.alerts,
    roles,
    mirror,
    lastChangeSeenAt: connection?.lastChangeSeenAt?.toISOString() ?? null,
    waiting,
    credits: {
      usedToday: credits.used,
      dailyLimit: credits.dailyLimit,
      reserve: credits.kept,
      keptPercent: credits.keptPercent,
      left: credits.left,
      resting: credits.says,
      restsUntil: credits.restsUntil?.toISOString() ?? null,
      forecast: card.forecast,
    },
    problem: connection?.problem ?? null,
  };
}

function presentHealth(health: NonNullable<IntegrationCard['mirrorHealth']>) {
  const { lastPollAt, nextPollAt, channel, notesSeenBy, problem, creditsUsed } = health;
  return {
    lastPollAt: lastPollAt?.toISOString() ?? null,
    nextPollAt: nextPollAt?.toISOString() ?? null,
    channel:
      channel === null
        ? null
        : {
            state: channel.state,
            expiresAt: channel.expiresAt.toISOString(),
            lastHeardAt: channel.lastHeardAt?.toISOString() ?? null,
          },
    notesSeenBy,
    problem,
    creditsUsed,
  };
}
