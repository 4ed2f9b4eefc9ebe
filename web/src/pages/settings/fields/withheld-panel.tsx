import type { Preflight } from '../../../api/types.ts';
import { moduleWords } from '../../../format/words.ts';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './fields.module.css';

const howWords = {
  hidden: 'hidden from the connected user',
  restricted: 'restricted as personal data',
  vanished: 'not there any more',
} as const;

/** What people are found by and Zoho does not show, and what that means for matching. */
export function WithheldPanel({ withheld }: { withheld: Preflight['withheld'] }) {
  return (
    <Panel title="Personal data that Zoho withholds" label="Personal data that Zoho withholds">
      {withheld.length === 0 ? (
        <p className={classes.plain}>Nothing is withheld: people are found by their addresses and phone numbers.</p>
      ) : (
        <ul className={classes.withheld}>
          {withheld.map(({ module, fields, sentence }) => (
            <li key={module}>
              <strong>{moduleWords[module].title}</strong>
              <p>{sentence}</p>
              <p className={classes.soft}>
                {fields.map(({ label, as }, index) => (
                  <span key={label}>
                    {index > 0 && ' · '}
                    <bdi>{label}</bdi>: {howWords[as]}
                  </span>
                ))}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
