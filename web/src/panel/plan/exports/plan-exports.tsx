import { API } from '../../../api/client.ts';
import { useExportWords } from '../../../i18n/export-words.ts';
import { ApiLink } from '../../../sign-in/api-link.tsx';

type PlanExportsProps = {
  readonly planId: string;
  readonly trucks: readonly { readonly vehicleId: string; readonly vehicleName: string }[];
};

type RowProps = { readonly planId: string; readonly name: string; readonly vehicleId?: string };

/** One truck, or all of them, as every file there is. */
const Row = ({ planId, name, vehicleId }: RowProps) => {
  const words = useExportWords();
  const whose = [planId, ...(vehicleId === undefined ? [] : [vehicleId])].map(encodeURIComponent);
  const [plan = '', ...truck] = whose;
  const routes = [`${API}/plans/${plan}/routes`, ...truck].join('/');
  const sheets = [`${API}/driver-sheets`, plan, ...truck].join('/');
  const links = [
    { text: words.sheet, href: `${sheets}?format=pdf`, extension: 'pdf' },
    { text: words.onPhone, href: `${sheets}?format=html`, extension: 'html' },
    { text: 'GPX', href: `${routes}?format=gpx`, extension: 'gpx' },
    { text: 'iCalendar', href: `${routes}?format=ics`, extension: 'ics' },
    { text: 'CSV', href: `${routes}?format=csv`, extension: 'csv' },
  ];
  return (
    <li>
      <strong>{name}</strong>
      <span class="export-links">
        {links.map(({ text, href, extension }) => (
          <ApiLink
            key={text}
            class="button is-small"
            href={href}
            fileName={`${whose.join('-')}.${extension}`}
            opens={extension === 'pdf' || extension === 'html'}
          >
            {text}
            <span class="visually-hidden">: {name}</span>
          </ApiLink>
        ))}
      </span>
    </li>
  );
};

/** A plan for everything that is not this console: paper, phones, navigation, calendars, spreadsheets. */
export const PlanExports = ({ planId, trucks }: PlanExportsProps) => {
  const words = useExportWords();
  return (
    <details class="plan-exports">
      <summary>{words.heading}</summary>
      <ul>
        <Row planId={planId} name={words.wholePlan} />
        {trucks.map(({ vehicleId, vehicleName }) => (
          <Row key={vehicleId} planId={planId} vehicleId={vehicleId} name={vehicleName} />
        ))}
      </ul>
      <a href="/crew/">{words.crewPage}</a>
    </details>
  );
};
