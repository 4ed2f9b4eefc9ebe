import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCrmTime, parseCrmTime } from '../../src/zoho/crm-time.ts';

describe('formatCrmTime', () => {
  it.each([
    ['2026-11-20T14:00:00Z', 'Europe/Madrid', '2026-11-20T15:00:00+01:00'],
    ['2026-07-20T14:00:00Z', 'Europe/Madrid', '2026-07-20T16:00:00+02:00'],
    ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29T01:59:59+01:00'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29T03:00:00+02:00'],
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01T01:30:00-04:00'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01T01:30:00-05:00'],
    ['2026-01-01T00:00:00Z', 'Asia/Kolkata', '2026-01-01T05:30:00+05:30'],
    ['2026-01-01T00:00:00Z', 'America/St_Johns', '2025-12-31T20:30:00-03:30'],
    ['2026-06-01T12:00:00.987Z', 'UTC', '2026-06-01T12:00:00+00:00'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(formatCrmTime(Date.parse(instant), zone)).toBe(expected);
  });

  it('refuses a zone that nobody knows, and an instant that is none', () => {
    const refusal = expect.objectContaining({ code: 'invalid_input' });
    expect(() => formatCrmTime(0, 'Mars/Olympus')).toThrow(refusal);
    expect(() => formatCrmTime(Number.NaN, 'UTC')).toThrow(refusal);
  });

  it('gives the same instant back, whatever the zone and the season', () => {
    const zones = ['Europe/Madrid', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
    const instants = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instantMs, zone) => {
        expect(parseCrmTime(formatCrmTime(instantMs, zone))).toBe(Math.floor(instantMs / 1000) * 1000);
      }),
    );
  });
});

describe('parseCrmTime', () => {
  it.each([
    ['2026-11-20T15:00:00+01:00', Date.parse('2026-11-20T14:00:00Z')],
    ['2026-11-20T14:00:00Z', Date.parse('2026-11-20T14:00:00Z')],
    ['2026-11-20T14:00:00.500Z', Date.parse('2026-11-20T14:00:00.500Z')],
    ['2026-11-20T15:00:00', null],
    ['2026-11-20', null],
    ['2026-13-40T15:00:00Z', null],
    ['yesterday', null],
  ])('%s → %s', (text, expected) => {
    expect(parseCrmTime(text)).toBe(expected);
  });
});
