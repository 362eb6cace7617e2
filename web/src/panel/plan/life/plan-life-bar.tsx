import { useState } from 'preact/hooks';
import type { BinWithFill, WirePlan } from '../../../api/wire.ts';
import { useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { DiffView } from './diff-view.tsx';
import { PlanHistory } from './plan-history.tsx';
import { ReplanForm } from './replan-form.tsx';
import type { PlanChange } from './use-plan-change.ts';

type BarProps = { readonly plan: WirePlan; readonly change: PlanChange; readonly bins: readonly BinWithFill[] };

const Standing = ({ plan }: { readonly plan: WirePlan }) => {
  const w = usePlanLifeWords();
  const { f } = useLocale();
  const { state, version, publishedVersion } = plan;
  if (state === undefined || version === undefined) return null;
  const waits = publishedVersion !== undefined && publishedVersion < version && state !== 'closed';
  return (
    <>
      <p class="plan-standing">
        <span class={`plan-state is-${state}`}>{w.states[state]}</span> {w.version(f.count(version))}
      </p>
      {waits && <p class="notice">{w.unpublished(f.count(publishedVersion))}</p>}
    </>
  );
};

type Step = 'publish' | 'start' | 'close' | 'discard';

/** What can come next in this plan's life; the first is what usually does. */
const stepsOf = ({ state, version, publishedVersion }: WirePlan): readonly Step[] => {
  const publish: readonly Step[] = publishedVersion === version ? [] : ['publish'];
  if (state === 'draft') return [...publish, 'discard'];
  if (state === 'published') return [...publish, 'start', 'close'];
  return state === 'in-progress' ? [...publish, 'close'] : [];
};

/** Where a plan stands, what can be done about it as a whole, and what was. */
export const PlanLifeBar = ({ plan, change, bins }: BarProps) => {
  const w = usePlanLifeWords();
  const [open, setOpen] = useState<'nothing' | 'history' | 'replan'>('nothing');
  const { version, state } = plan;
  if (version === undefined || state === undefined) return null;
  const isOpen = change.seen !== undefined;
  const toggle = (what: 'history' | 'replan'): void => setOpen(open === what ? 'nothing' : what);
  return (
    <div class="plan-life">
      <Standing plan={plan} />
      <div class="plan-steps">
        {stepsOf(plan).map((step, index) => (
          <button
            key={step}
            type="button"
            class={`button ${index === 0 && step === 'publish' ? 'is-primary' : ''}`}
            aria-disabled={change.isSending}
            onClick={() => change.move(step)}
          >
            {w[step]}
          </button>
        ))}
        {isOpen && version > 1 && (
          <button type="button" class="button" aria-disabled={change.isSending} onClick={() => change.back('undo')}>
            {w.undo}
          </button>
        )}
        {isOpen && version > 1 && (
          <button type="button" class="button" aria-disabled={change.isSending} onClick={() => change.back('redo')}>
            {w.redo}
          </button>
        )}
        {isOpen && (
          <button type="button" class="button" aria-expanded={open === 'replan'} onClick={() => toggle('replan')}>
            {w.replan}
          </button>
        )}
        <button type="button" class="button" aria-expanded={open === 'history'} onClick={() => toggle('history')}>
          {w.history}
        </button>
      </div>
      {change.problem && <ProblemNotice problem={change.problem} />}
      {change.lastDiff && (
        <div class="notice is-good" role="status">
          <DiffView diff={change.lastDiff} />
        </div>
      )}
      {open === 'replan' && isOpen && <ReplanForm change={change} bins={bins} />}
      {open === 'history' && <PlanHistory planId={plan.planId} version={version} state={state} />}
    </div>
  );
};
