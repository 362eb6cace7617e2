import { API } from '../../../api/client.ts';
import { useExportWords } from '../../../i18n/export-words.ts';

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
    { text: words.sheet, href: `${sheets}?format=pdf` },
    { text: words.onPhone, href: `${sheets}?format=html` },
    { text: 'GPX', href: `${routes}?format=gpx` },
    { text: 'iCalendar', href: `${routes}?format=ics` },
    { text: 'CSV', href: `${routes}?format=csv` },
  ];
  return (
    <li>
      <strong>{name}</strong>
      <span class="export-links">
        {links.map(({ text, href }) => (
          <a key={text} class="button is-small" href={href} aria-label={words.of(text, name)}>
            {text}
          </a>
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
