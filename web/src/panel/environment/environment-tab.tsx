import { useEffect } from 'preact/hooks';
import { useLocale } from '../../i18n/language.ts';
import { serverNow } from '../../state/server-now.ts';
import type { TabProps } from '../side-panel.tsx';
import { EpisodeDetails } from './episodes/episode-details.tsx';
import { EpisodeList } from './episodes/episode-list.tsx';
import { Exceedances } from './exceedances.tsx';
import { Reports } from './reports.tsx';
import { StationCard } from './station-card.tsx';

export const EnvironmentTab = ({ data, place }: Pick<TabProps, 'data' | 'place'>) => {
  const { t } = useLocale();
  const stations = data.stations.data?.stations;
  const isLoaded = stations !== undefined;
  const now = serverNow(data.stations);
  useEffect(() => {
    if (isLoaded && place.stationId !== undefined) document.getElementById(`station-${place.stationId}`)?.focus();
  }, [isLoaded, place.stationId]);
  if (place.episodeId !== undefined) {
    return <EpisodeDetails key={place.episodeId} episodeId={place.episodeId} now={now} />;
  }
  return (
    <div class="environment-tab">
      <EpisodeList now={now} />
      <Exceedances now={now} stations={stations ?? []} />
      <Reports now={now} timeZone={data.city.data?.timeZone} stations={stations ?? []} />
      <section>
        <h2>{t.stationsHeading}</h2>
        {!isLoaded && !data.stations.problem && <p class="quiet">{t.loading}</p>}
        {stations?.length === 0 && <p class="notice">{t.noStations}</p>}
        {stations?.map((station) => (
          <StationCard key={station.id} station={station} now={now} isChosen={station.id === place.stationId} />
        ))}
      </section>
    </div>
  );
};
