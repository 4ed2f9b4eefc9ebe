type Incoming = { externalId: string; body: Record<string, unknown> };

/**
 * Meetings of a file: one JSON object, a list of them, or one a line. A meeting's id is its own `externalId`, else
 * the file's name. Throws an error that names the file and the place when it cannot be read.
 */
export function readMeetings(fileName: string, text: string): Incoming[] {
  const values = parseAll(fileName, text.trim());
  const base = fileName.replace(/\.[^.]+$/, '');
  return values.map((value, index) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error(`${fileName}: item ${index + 1} is no meeting. A meeting is a JSON object with a title.`);
    }
    const { externalId, ...body } = value as Record<string, unknown>;
    const ownId = typeof externalId === 'string' && externalId !== '' ? externalId : null;
    return { externalId: ownId ?? (values.length === 1 ? base : `${base}-${index + 1}`), body };
  });
}

function parseAll(fileName: string, text: string): unknown[] {
  const whole = tryParse(text);
  if (whole.isRead) return Array.isArray(whole.value) ? whole.value : [whole.value];
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = tryParse(line);
    if (!parsed.isRead)
      throw new Error(`${fileName}: line ${index + 1} is not JSON. Check the file and choose it again.`);
    return [parsed.value];
  });
}

function tryParse(text: string): { isRead: true; value: unknown } | { isRead: false } {
  try {
    return { isRead: true, value: JSON.parse(text) };
  } catch {
    return { isRead: false };
  }
}
