import { type Switch, type SwitchValue, switches } from '../metadata/behaviour.ts';
import type { Table } from '../store/table.ts';

/** The switches as they are set now. */
export type Switches = {
  isOn(name: string): boolean;
  number(name: string): number;
  text(name: string): string;
  all(): (Switch & { value: SwitchValue })[];
  /** Sets several at once, all or none; gives the reasons why not. */
  set(values: Record<string, unknown>): string[];
};

/** Reads and writes switches in a table, so that they outlive a restart. */
export function openSwitches(table: Table): Switches {
  const byName = new Map(switches.map((one) => [one.name, one]));
  const value = (name: string): SwitchValue => {
    const known = byName.get(name);
    if (!known) throw new Error(`No switch is called ${name}`);
    const held = table.get(name)?.value;
    return typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean' ? held : known.default;
  };
  return {
    isOn: (name) => value(name) === true,
    number: (name) => Number(value(name)),
    text: (name) => String(value(name)),
    all: () => switches.map((one) => ({ ...one, value: value(one.name) })),
    set(values) {
      const reasons = Object.entries(values).flatMap(([name, wanted]) => whyNot(byName.get(name), name, wanted));
      if (reasons.length > 0) return reasons;
      for (const [name, wanted] of Object.entries(values)) {
        if (wanted === null) table.remove(name);
        else table.put({ id: name, value: wanted as SwitchValue });
      }
      return [];
    },
  };
}

function whyNot(known: Switch | undefined, name: string, wanted: unknown): string[] {
  if (!known) return [`No switch is called "${name}". GET /sandbox/switches lists them.`];
  if (wanted === null) return [];
  if (typeof wanted !== typeof known.default) {
    return [`Switch "${name}" takes a ${typeof known.default}, not ${JSON.stringify(wanted)}.`];
  }
  if (known.values && !known.values.includes(String(wanted))) {
    return [`Switch "${name}" is one of ${known.values.join(', ')}, not ${JSON.stringify(wanted)}.`];
  }
  return [];
}
