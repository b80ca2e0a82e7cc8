// One officer as a line of the table.

import { Age } from "../../parts/age.tsx";
import { type Carried, type Certificate, daysBetween, gravity, isOnDuty, type Kempt, RENEW_DAYS } from "./attention.ts";
import { words } from "./words.ts";

interface Traits {
  kempt: Kempt;
  today: string;
  site: string | null;
  end: () => void;
}

export function OfficerLine({ kempt: { officer, troubles }, today, site, end }: Traits) {
  const onDuty = isOnDuty(officer);
  const [phone, ...others] = officer.handsets;
  return (
    <tr class={onDuty ? "" : "off"}>
      <th scope="row">
        {officer.name}
        <span class="quiet">{words.teams(officer.teams, site)}</span>
      </th>
      <td>
        {words.states[officer.state] ?? words.unknownState(officer.state)}
        {onDuty && officer.since && (
          <span class="quiet">
            {words.since} <Age since={officer.since} />
          </span>
        )}
      </td>
      <td class="number">
        {!onDuty && <span class="quiet">{words.nothing}</span>}
        {onDuty && officer.last_seen_at && <Age since={officer.last_seen_at} amber_s={600} red_s={3600} />}
      </td>
      <td>
        {officer.skills_until.length === 0 && <span class="quiet">{words.noSkills}</span>}
        <ul>
          {officer.skills_until.map((one) => (
            <Skill key={one.skill} certificate={one} today={today} />
          ))}
        </ul>
      </td>
      <td>
        {!onDuty && <span class="quiet">{words.nothing}</span>}
        {onDuty && !phone && <span class="amber">{words.noPhone}</span>}
        {onDuty && phone && <Phone phone={phone} more={others.length} />}
      </td>
      <td>
        {troubles.length === 0 && <span class="quiet">{words.fine}</span>}
        <ul>
          {troubles.map((one) => (
            <li key={words.trouble(one)} class={["red", "amber", "amber", "quiet"][gravity(one)]}>
              {words.trouble(one)}
            </li>
          ))}
        </ul>
      </td>
      <td>
        <button type="button" class="second" aria-label={words.endLabel(officer.name)} onClick={end}>
          {words.end}
        </button>
      </td>
    </tr>
  );
}

function Skill({ certificate: { skill, until }, today }: { certificate: Certificate; today: string }) {
  const left = until === null ? Infinity : daysBetween(today, until);
  return (
    <li>
      {words.skill(skill)}{" "}
      <span class={left < 0 ? "amber" : left <= RENEW_DAYS ? "soon" : "quiet"}>
        {left < 0 && until ? words.ranOut(until) : words.until(until)}
      </span>
    </li>
  );
}

function Phone({ phone, more }: { phone: Carried; more: number }) {
  return (
    <>
      {words.phone(phone.platform, phone.app_version)}
      <span class="quiet">
        <span class={phone.push === "ok" ? "" : "amber"}>{words.pushes[phone.push]}</span>
        {more > 0 && ` · ${words.more(more)}`}
      </span>
    </>
  );
}
