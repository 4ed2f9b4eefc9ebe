import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEmail } from '../../src/domain/canonical-email.ts';
import { canonicalPhone } from '../../src/domain/canonical-phone.ts';
import { collapseParticipants } from '../../src/domain/collapse-participants.ts';
import { participantKey } from '../../src/domain/participant-key.ts';
import { person } from './samples.ts';

describe('canonicalEmail', () => {
  it.each([
    ['ana@acme.example', 'ana@acme.example'],
    ['  Ana.Perez@ACME.Example\t', 'ana.perez@acme.example'],
    ['\u00a0ana@acme.example\u3000', 'ana@acme.example'],
    ['\u200bana@ac\u200dme.example\ufeff', 'ana@acme.example'],
    ['ana@acme.example.', 'ana@acme.example'],
    ['jose\u0301@acme.example', 'jos\u00e9@acme.example'],
    ['JOS\u00c9@acme.example', 'jos\u00e9@acme.example'],
    ['ana@XN--BCHER-KVA.example', 'ana@xn--bcher-kva.example'],
    ['ana@b\u00fccher.example', 'ana@b\u00fccher.example'],
    ["o'neil_x-1@a.b.example", "o'neil_x-1@a.b.example"],
  ])('%j is %j', (raw, email) => {
    expect(canonicalEmail(raw)?.email).toBe(email);
  });

  it.each([
    null,
    undefined,
    '',
    '   ',
    'ana',
    'ana@',
    '@acme.example',
    'ana@acme',
    'ana@@acme.example',
    'a b@acme.example',
    'ana@acme..example',
    'ana@-acme.example',
    'a@b.example, c@d.example',
    'Ana <ana@acme.example>',
    `${'a'.repeat(320)}@acme.example`,
  ])('%j is no address', (raw) => {
    expect(canonicalEmail(raw)).toBeNull();
  });

  it.each([
    ['ana+zoom@acme.example', 'ana@acme.example'],
    ['ana+a+b@acme.example', 'ana@acme.example'],
    ['+ana@acme.example', '+ana@acme.example'],
    ['ana@acme.example', 'ana@acme.example'],
  ])('%j without its tag is %j', (raw, base) => {
    expect(canonicalEmail(raw)?.base).toBe(base);
  });

  it('is canonical already when it is applied again', () => {
    const address = fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.domain())
      .map((parts) => parts.join('@'));
    fc.assert(
      fc.property(fc.oneof(address, fc.emailAddress(), fc.string({ unit: 'grapheme' })), (raw) => {
        const once = canonicalEmail(raw);
        fc.pre(once !== null);
        expect(canonicalEmail(once?.email)).toEqual(once);
        expect(canonicalEmail(`\u00a0${once?.email}\u200b `)).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });
});

describe('canonicalEmail of ordinary addresses', () => {
  it('takes letter case for nothing', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        fc.pre(canonicalEmail(raw) !== null);
        expect(canonicalEmail(raw.toUpperCase())).toEqual(canonicalEmail(raw));
      }),
    );
  });
});

describe('canonicalPhone', () => {
  it.each([
    ['+34 600 000 000', '+34600000000'],
    ['0034 600-000-000', '+34600000000'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['(555) 201-4700', '5552014700'],
    ['+1 555 201 4700 x12', '+15552014700'],
    ['+1 555 201 4700 ext. 12', '+15552014700'],
    ['tel:+15552014700;ext=12', '+15552014700'],
    ['+34 ６００ ０００ ０００', '+34600000000'],
    ['٠١٢٣٤٥٦٧٨', '012345678'],
  ])('%j is %j', (raw, phone) => {
    expect(canonicalPhone(raw)).toBe(phone);
  });

  it.each([null, '', '12345', '1-800-FLOWERS', 'unknown', '+1234567890123456'])('%j is no number', (raw) => {
    expect(canonicalPhone(raw)).toBeNull();
  });

  it('keeps a number without country code apart from one with it', () => {
    expect(canonicalPhone('600 000 000')).not.toBe(canonicalPhone('+34 600 000 000'));
  });
});

describe('participantKey', () => {
  it('takes the address, else the number, else the name', () => {
    expect(participantKey({ name: 'Ana', email: ' ANA@acme.example', phone: '+34600000000' })).toBe(
      'email:ana@acme.example',
    );
    expect(participantKey({ name: 'Ana', email: 'nonsense', phone: '+34 600000000' })).toBe('phone:+34600000000');
    expect(participantKey({ name: ' Ana  PÉREZ ', email: null, phone: null })).toBe('name:ana pérez');
    expect(participantKey({ name: null, email: 'nonsense', phone: null })).toBe('name:nonsense');
  });
});

describe('collapseParticipants', () => {
  it('makes one of two with the same key: the organizer, with the fuller name', () => {
    const twice = [
      person('ana@acme.example', { name: 'Ana' }),
      person('ANA@acme.example', { name: 'Ana Pérez', role: 'organizer', attended: true }),
      person('bob@acme.example'),
    ];
    const expected = [
      { key: 'email:ana@acme.example', name: 'Ana Pérez', role: 'organizer', attended: true },
      { key: 'email:bob@acme.example' },
    ];
    expect(collapseParticipants(twice)).toMatchObject(expected);
    expect(collapseParticipants([...twice].reverse())).toEqual(collapseParticipants(twice));
  });
});
