import { Switch, TagsInput, TextInput } from '@mantine/core';
import { Panel } from '../../pieces/panel.tsx';
import classes from './policy.module.css';
import type { SectionProps } from './policy-page.tsx';

/** Who is a colleague, and which domains say nothing about a company. */
export function PeopleSection({ values, onChange }: SectionProps) {
  return (
    <Panel title="People" label="People">
      <div className={classes.fields}>
        <TextInput
          label="Organization"
          value={values.organizationName}
          onChange={(event) => onChange({ organizationName: event.currentTarget.value })}
        />
        <TagsInput
          label="Internal domains"
          description={internalText(values.userDomains)}
          placeholder="company.com"
          splitChars={[',', ' ', ';']}
          value={values.internalDomains}
          onChange={(domains) => onChange({ internalDomains: domains.map(domainText) })}
        />
        <TagsInput
          label="Free-mail domains"
          description="Addresses there never say which company somebody works for."
          splitChars={[',', ' ', ';']}
          maxDropdownHeight={0}
          value={values.freeMailDomains}
          onChange={(domains) => onChange({ freeMailDomains: domains.map(domainText) })}
        />
        <Switch
          label="Find the account by an unknown person’s e-mail domain"
          description="ana@acme.com is not in Zoho, but one account has the domain acme.com: the meeting is linked to it."
          checked={values.matchByDomain}
          onChange={(event) => onChange({ matchByDomain: event.currentTarget.checked })}
        />
      </div>
    </Panel>
  );
}

function internalText(userDomains: string[]): string {
  const base = 'Meetings among these domains only are internal and stay out of Zoho.';
  return userDomains.length === 0 ? base : `${base} Your Zoho users’ domains count too: ${userDomains.join(', ')}.`;
}

const domainText = (text: string) => text.trim().toLowerCase().replace(/^@/, '');
