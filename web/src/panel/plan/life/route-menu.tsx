import { useState } from 'preact/hooks';
import type { WirePlanRoute } from '../../../api/wire.ts';
import { reasonIn, useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { ReasonForm } from './tried-form.tsx';
import { useChange } from './use-plan-change.ts';

/** What a dispatcher can do about a whole route. */
export const RouteMenu = ({ route }: { readonly route: WirePlanRoute }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  const change = useChange();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const { vehicleId, lockedOrder, outOfService } = route;
  if (outOfService !== undefined)
    return (
      <p class="notice is-problem">{w.outOfService(f.time(outOfService.at), reasonIn(language, outOfService) ?? '')}</p>
    );
  const hasLeft = route.stops.some(({ done }) => done !== undefined);
  return (
    <>
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
