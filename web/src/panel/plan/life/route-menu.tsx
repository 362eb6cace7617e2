import { useState } from 'preact/hooks';
import type { WirePlanRoute } from '../../../api/wire.ts';
import { reasonIn, useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { holdsAny } from './stranded-loads.tsx';
import { ReasonForm } from './tried-form.tsx';
import { useChange } from './use-plan-change.ts';

/** What a dispatcher can do about a whole route. */
export const RouteMenu = ({ route }: { readonly route: WirePlanRoute }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  const change = useChange();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const { vehicleId, lockedOrder, outOfService, stood = [] } = route;
  if (outOfService !== undefined) {
    const { onBoard } = outOfService;
    return (
      <div class="notice is-problem">
        <p>{w.outOfService(f.time(outOfService.at), reasonIn(language, outOfService) ?? '')}</p>
        {holdsAny(onBoard) && <p>{w.stranded(f.litres(onBoard.litres), f.count(Math.round(onBoard.kg)))}</p>}
      </div>
    );
  }
  const hasLeft = route.stops.some(({ done }) => done !== undefined);
  return (
    <>
      {stood.map((each) => (
        <p key={each.at} class="route-note">
          {w.stood(f.time(each.at), f.time(each.until), reasonIn(language, each) ?? '')}{' '}
          {holdsAny(each.onBoard) && w.cameWith(f.litres(each.onBoard.litres), f.count(Math.round(each.onBoard.kg)))}
        </p>
      ))}
      {lockedOrder !== undefined && <p class="route-note">{w.orderLocked(f.count(lockedOrder))}</p>}
      {change?.seen !== undefined && (
        <span class="route-buttons">
          <button
            type="button"
            class="button is-small"
            aria-disabled={change.isSending}
            onClick={() =>
              void change.edit({ kind: lockedOrder === undefined ? 'lock-order' : 'unlock-order', vehicleId })
            }
          >
            {lockedOrder === undefined ? w.lockOrder : w.unlockOrder}
          </button>
          {!hasLeft && (
            <button
              type="button"
              class="button is-small"
              aria-expanded={isWithdrawing}
              onClick={() => setWithdrawing(!isWithdrawing)}
            >
              {w.withdraw}
            </button>
          )}
        </span>
      )}
      {isWithdrawing && change !== undefined && (
        <ReasonForm
          change={change}
          editFor={(reason) => ({ kind: 'withdraw-vehicle', vehicleId, reason })}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </>
  );
};
